"""The person, office and outlet behind each label: “MR DOWNER” is the Alexander Downer whom the head names."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import dropwhile, pairwise

from interviews.ingest.labels import NUMBERED, office_in, part_of
from interviews.ingest.likeness import misspelt
from interviews.ingest.offices import apart, is_office, spelled_office
from interviews.ingest.outlets import looks_like_outlet, split_journalist
from interviews.ingest.people import Person, people_in, spelled
from interviews.ingest.speeches import Speech
from interviews.ingest.transcript import Speaker
from interviews.ingest.words import key, label_words, load, words_of

FIRST_NAMES = r"((?:[^\W\d_][\w.’'-]*\s){1,3})"
QUOTED = re.compile(r"[«“„\"]")
INITIAL = re.compile(r"^[^\W\d_]\.?$")
INITIALS_ONLY = re.compile(r"(?:[^\W\d_a-zа-я]\.?){2,3}")
ABBREVIATED = re.compile(r"(?P<initial>[^\W\d_])\.\s?(?:[^\W\d_]\.\s?)?(?P<surname>[^\W\d_][^\W\d_-]+)")
SHORTEST_STEM = 3
SEARCHED = 200_000
MOST_COMPARED, SHORT, ADDRESS = 50, 80, 80
LONGEST_OFFICE, MOST_NAMES = 14, 4
LEADING_NAMELESS = 3
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Sources:
    """Where names are looked up: the people of the head, its texts, the journalist it names, the spoken text.

    The texts end with the `labels`.
    """

    people: Sequence[Person]
    texts: Sequence[str]
    labels: Collection[str] = ()
    journalist: str | None = None
    spoken: str = ""


def speakers_of(speeches: Sequence[Speech], parts: Sequence[str], sources: Sources) -> dict[str, Speaker]:
    """Return {label: speaker}, one for each label used; the label '' stands for unlabelled interviewees."""
    voices = [(speech.label, part) for speech, part in zip(speeches, parts, strict=True)]
    labels = {side: {label for label, part in voices if label and part == side} for side in set(parts)}
    lone = {side for side, names in labels.items() if len(set(map(key, names))) == 1}
    outlets = _are_outlets(labels.get("interviewer", ()))
    answering = [label for label, part in voices if label and part != "interviewer"]
    askers = replace(sources, people=_askers(sources, labels.get("interviewer", ())))
    sources = replace(sources, people=_with_labels(sources, answering))
    found, fuller = {}, {key(label): label for label, _ in voices if label and "," in label}
    # The label that the head has too, else the one used most, is the one that others are slips of.
    often = Counter(voice for voice in voices if voice[0]).most_common()
    for (label, part), _ in sorted(often, key=lambda each: not _is_in_head(each[0][0], sources)):
        if label not in found:
            slip = _slip_of(label, part, found)
            known = fuller.get(key(label), label)  # “Ana Example ABC” is “Ana Example, ABC”
            where = askers if part == "interviewer" else sources
            found[label] = slip or replace(
                _speaker(known, part, where, lone=part in lone, outlets=outlets), label=label
            )
    found = {label: found[label] for label, _ in voices if label}
    if (None, "interviewee") in voices:
        found[""] = _unlabelled(found.values(), sources.people or _addressed(sources))
    return found


def _is_in_head(label, sources):
    """Whether the head writes a name of two words or more as this label does."""
    heads = (text for text in sources.texts if len(text) < LONGEST_TITLE and text not in sources.labels)
    return " " in label and any(f" {key(label)} " in f" {key(text)} " for text in heads)


def _askers(sources, labels):
    """Return the people whom labels of those who ask name in full, the journalist of the head, the other people."""
    named = [label for label in sorted(labels) if " " in label and not (part_of(label) or _apart(label)[0])]
    names = [*named, *filter(None, [sources.journalist])]
    return [*(Person(spelled(name)) for name in names if "," not in name), *sources.people]


def _addressed(sources):
    """Return whom the first words call by a name that the title gives: “Minister Ana Example, do you …”."""
    title = key(sources.texts[0]).split() if sources.texts else ()
    return [person for person in people_in([sources.spoken[:ADDRESS]]) if person.surname in title]


def _with_labels(sources, labels):
    """Return the people of the head and those whom a label names in full: what one label says helps with the others."""
    people = {key(person.name): person for person in sources.people}
    for label in dict.fromkeys(labels):
        office, name = _apart(label)
        words = key(name).split()
        is_short = ABBREVIATED.fullmatch(name) or INITIALS_ONLY.fullmatch(name)
        if len(words) > 1 and not (is_short or _names_several(name)):
            known = people.get(" ".join(words), Person(_as_written(name, sources)))
            people[" ".join(words)] = known if known.office or not office else Person(known.name, office)
    return list(people.values())


def _slip_of(label, part, found):
    """Return the speaker whose label this one is a slip of, under this label; or None."""
    meant = misspelt(label, list(found)[:MOST_COMPARED])
    return replace(found[meant], label=label) if meant and found[meant].part == part else None


def _are_outlets(labels):
    """Whether those who ask are labelled with their outlets: then unknown names among them are outlets too."""
    plain = [label for label in labels if not part_of(label)]
    return sum(map(looks_like_outlet, plain)) * 2 > len(plain) and not any("," in label for label in plain)


def _unlabelled(speakers, people):
    """The one who answers also opened, or is whom alone the head names; where several answer, nobody can tell."""
    answering = [speaker for speaker in speakers if speaker.part == "interviewee"]
    if not answering and len({person.name for person in people}) == 1:
        return Speaker("", people[0].name, "interviewee", people[0].office)
    if len({speaker.name for speaker in answering}) != 1 or not answering[0].name:
        return Speaker("", None, "interviewee")
    office = next((speaker.office for speaker in answering if speaker.office), "")
    return Speaker("", answering[0].name, "interviewee", office)


def _speaker(label, part, sources, *, lone, outlets):
    if part == "interviewer":
        return _interviewer(label, sources, lone=lone, outlets=outlets)
    if (part_of(label) and part != "interviewee") or _is_nameless(label):
        return Speaker(label, None, part)
    office, name = _apart(label)
    if _names_several(name):
        return Speaker(label, None, part)
    person = _person(name, office, sources) if name else _holder(office, sources, lone=lone)
    if not person and INITIALS_ONLY.fullmatch(label):  # DR may be Dana Roe
        person = _with_initials(label, sources)
    if not person:
        return Speaker(label, None, part, office)
    office = _fuller(_fuller(office, person.office), _office_beside(person, sources))
    return Speaker(label, person.name, part, office)


def _office_beside(person, sources):
    """Return the office that the head gives beside a name; of several that say the same the fullest."""
    surname = re.escape(person.name.split()[-1])
    after = re.compile(rf"\b{surname}(?:\sMP)?,\s([^,;:()]{{3,80}})", re.IGNORECASE)
    before = re.compile(rf"(?:^|[;:(])([^;:()]{{3,120}}\b{surname})\b", re.IGNORECASE)
    offices = [_office_on_next_line(surname, [text for text in sources.texts if text not in sources.labels])]
    for text in sources.texts:
        found = after.search(text)
        if found and is_office(found[1]) and not any(character.isdigit() for character in found[1]):
            offices.append(_office_of_phrase(found[1].strip(" .")))
        found = before.search(text)
        offices.append(_office_within(found[1].split()) if found else "")
    return reduce(_fuller, offices)


def _office_of_phrase(phrase):
    """Return the office of words such as “Spokesperson of the Ministry”, without the next name on the line."""
    office, name = _apart(phrase)
    return office if name[:1].isupper() or "  " in phrase else spelled_office(phrase)


def _office_on_next_line(surname, texts):
    """Return the office that is the whole line above or below one with a surname."""
    for above, below in pairwise(texts):
        for line, other in ((above, below), (below, above)):
            if len(other) < SHORT and re.search(rf"\b{surname}\b", other, re.IGNORECASE):
                office, name = _apart(line)
                if office and not name:
                    return office
    return ""


def _office_within(words):
    """Return the office that ends the words before a surname, given names aside."""
    for first in range(max(0, len(words) - LONGEST_OFFICE), len(words) - 1):
        phrase = " ".join(words[first:])
        office, name = _apart(phrase)
        if office and name and len(name.split()) < MOST_NAMES and key(phrase).startswith(key(office)):
            return office
    return ""


def _fuller(office, other):
    """Return the office that says more: “Secretary of State” for “Secretary”; of two different ones the first."""
    return other if not office or _same_office(office, other) else office


def _interviewer(label, sources, *, lone, outlets):
    if unspaced := _before_role_word(label):
        return Speaker(label, None, "interviewer", outlet=unspaced)
    if asker := _after_role_word(label):
        return _named_after_role(label, asker)
    journalist = split_journalist(label, asks=True)
    if journalist:
        return Speaker(label, spelled(journalist[0]), "interviewer", outlet=journalist[1] or None)
    if looks_like_outlet(label) or (outlets and not office_in(label) and not part_of(label)):
        return Speaker(label, None, "interviewer", outlet=label)
    if part_of(label) or len(key(label)) == 1 or _is_nameless(label) or misspelt(label, _asking_words()):
        return Speaker(label, sources.journalist if lone else None, "interviewer")
    _, name = _apart(label)
    person = _person(name or label, "", sources)
    return Speaker(label, person and person.name, "interviewer")


@cache
def _asking_words():
    return tuple(word for word, part in label_words().parts.items() if part == "interviewer")


def _before_role_word(label):
    """Return the outlet before a role word of a language without spaces: 《环球时报》记者 is of 环球时报."""
    asking = (word for word, part in label_words().endings.items() if part == "interviewer")
    role = next((word for word in asking if label.endswith(word)), "")
    return label.removesuffix(role).strip("《》「」") if role and " " not in label else ""


def _after_role_word(label):
    """Return what follows the role word of a label such as “Journalist Ana Example” or “Question (Reuters)”, or ''."""
    first, _, rest = label.partition(" ")
    if part_of(first) != "interviewer" or NUMBERED.fullmatch(f" {key(rest)}"):
        return ""
    return rest.strip(" ()[],–—-")


def _named_after_role(label, asker):
    name = " ".join(dropwhile(lambda word: key(word) in words_of("from"), asker.split()))
    journalist = split_journalist(name)
    if journalist:
        return Speaker(label, spelled(journalist[0]), "interviewer", outlet=journalist[1] or None)
    is_surname = label.isupper() and key(label.partition(" ")[0]) in words_of("askers")
    if (" " in name or is_surname) and not looks_like_outlet(name) and not QUOTED.search(name):
        return Speaker(label, spelled(name), "interviewer")
    return Speaker(label, None, "interviewer", outlet=name.strip('«»“”„"'))


def _apart(label):
    """Return (office or '', name or '') of a label; a role word is neither."""
    if part_of(label) or len(key(label)) == 1:
        return "", ""
    office, name = apart(label)
    return spelled_office(office), name


def _person(name, office, sources):
    """Return the person of the head with this name; else with the first names that the text gives; else as written.

    A first name alone means somebody whose surname is a label too: “MARK” beside “DAY” is Mark Day.
    """
    words = key(name).split()
    for person in sources.people:
        same = key(person.name).split()
        if same[-len(words) :] == words or set(words) <= set(same):
            is_first_name = words == same[:1] and same[-1] in map(key, sources.labels)
            return Person(person.name if is_first_name else _cut_after(person.name, words[-1]), person.office)
        if _abbreviates(name, same):
            return person
        if _is_inflected(words, same):
            return Person(_as_written(name, sources), person.office)
    meant = _with_initials(name, sources) if INITIALS_ONLY.fullmatch(name) else None
    if meant:
        return meant
    full = _full_name(name, sources)
    if full:
        return Person(full, office)
    first = _first_names(name, sources) if " " not in name else ""
    return Person(_spelled_out(first, name, sources), office)


def _spelled_out(first, name, sources):
    """Return a name with the first names found for it; three capitals without any stay as they are."""
    written = name if INITIALS_ONLY.fullmatch(name) else _as_written(name, sources)
    return spelled(f"{first} {written}") if first else written


def _abbreviates(name, words):
    """Whether a name with initials is that of a person with these words: И.П.Ломов and Иван Петрович Ломов."""
    found = ABBREVIATED.fullmatch(name)
    if not found or len(words[0]) < SHORTEST_STEM:
        return False
    return key(found["surname"]) == words[-1] and key(found["initial"]) == words[0][0]


def _is_inflected(words, other):
    """Whether two names of as many words are one but for endings: Lipavský and Lipavským."""
    pairs = zip(words, other, strict=False)
    return len(words) == len(other) > 1 and all(one[: _stem(one)] == two[: _stem(one)] for one, two in pairs)


def _stem(word):
    return max(SHORTEST_STEM, len(word) - 2)


def _as_written(name, sources):
    """Return a name in capitals as the text writes it elsewhere; else in the usual letters."""
    if not name.isupper():
        return spelled(name)
    pattern = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    for text in (*sources.texts, sources.spoken[:SEARCHED]):
        for found in pattern.finditer(text):
            if not found[0].isupper() and found[0][:1].isupper():
                return found[0]
    return spelled(name)


def _with_initials(initials, sources):
    """Return the person whose words begin with the letters of a label: DR for Dominic Raab."""
    letters = [letter for letter in initials.casefold() if letter.isalpha()]
    for person in sources.people:
        if [word[0] for word in key(person.name).split()] == letters:
            return person
    words = r"\s".join(rf"{letter}[\w’'-]+" for letter in letters)
    pattern = re.compile(rf"\b{words}\b", re.IGNORECASE)
    names = [found[0] for text in sources.texts for found in pattern.finditer(text) if not office_in(found[0])]
    name = next((name for name in names if all(word[0].isupper() for word in name.split())), None)
    return Person(_as_written(name, sources)) if name else None


def _full_name(name, sources):
    """Return the name that the text writes out for one with initials: “Виктор Орлов” for “В.Орлов”."""
    found = ABBREVIATED.fullmatch(name)
    if not found:
        return None
    pattern = re.compile(rf"\b{found['initial']}[^\W\d_]{{2,20}}\s{re.escape(found['surname'])}\b")
    texts = (*sources.texts, sources.spoken[:SEARCHED])
    return next((written[0] for text in texts if (written := pattern.search(text))), None)


def _cut_after(name, surname):
    """Drop what follows a surname that the label knows: “Ana Example Geneva” is Ana Example."""
    words = name.split()
    last = max((index for index, word in enumerate(words) if key(word) == surname), default=len(words) - 1)
    return " ".join(words[: last + 1])


def _first_names(surname, sources):
    """Return the first names that stand before a surname in the head, else (once) in what is spoken."""
    pattern = re.compile(rf"\b{FIRST_NAMES}(?:{re.escape(surname)})\b", re.IGNORECASE)
    for text in (*sources.texts, sources.spoken[:SEARCHED]):
        for found in pattern.finditer(text):
            first = _only_names(found[1].split())
            if first:
                return first
    return ""


def _only_names(words):
    """Return the first name directly before a surname, with the initials around it; no office, no honorific."""
    kept = []
    for word in reversed(words):
        folded = key(word)
        known = _is_office_word(word) or folded in label_words().parts or folded in _courtesies()
        if not word[:1].isupper() or known or (word.endswith((".", ",")) and not INITIAL.match(word)):
            break
        kept.insert(0, word)
        if not INITIAL.match(word):
            break
    return " ".join(kept) if not all(INITIAL.match(word) for word in kept) else ""


def _is_office_word(word):
    """Whether a word is an office or several, as in “Ministers Example and Muster”."""
    return any(office_in(each) or is_office(each) for each in (word, word.removesuffix("s").removesuffix("S")))


def _is_nameless(label):
    """“UNIDENTIFIED MALE”, “Senior administration official”, “Speaker 2” say that nobody is named."""
    nameless, words = load("offices")["unnamed"], key(label).split()
    if label[-1].isdigit() or key(label) in nameless or words[0] in nameless[:LEADING_NAMELESS]:
        return True
    return any(set(together) <= set(words) for together in load("offices")["unnamed_together"])


@cache
def _courtesies():
    """Words that stand before a name and are none: “Thanks Ana”."""
    words = load("words")["courtesy"]
    return frozenset(words["mark"] + words["fill"])


def _names_several(name):
    """“MINISTERS STRAND AND MALEC” speak as one: nobody can tell whose words they are."""
    return not words_of("and").isdisjoint(word.casefold() for word in name.split()[1:-1])


def _holder(office, sources, *, lone):
    """Return whom a label without a name means: the holder of that office, or the only one who answers."""
    named = [person for person in sources.people if office and person.office and _same_office(office, person.office)]
    if len(named) == 1:
        return named[0]
    return sources.people[0] if lone and sources.people else None


def _same_office(label, office):
    """Whether the words of a label stand in an office: “Minister” in “Foreign Minister”, PM for Prime Minister."""
    short = {"pm": "prime minister"}.get(key(label), key(label))
    return set(short.split()) <= set(key(office).split())
