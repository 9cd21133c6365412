"""The person, office and outlet behind each label: “MR DOWNER” is the Alexander Downer whom the head names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import dropwhile

from interviews.ingest.labels import ARTICLES, NUMBERED, misspelt, office_in, part_of, speaks_of_office
from interviews.ingest.outlets import looks_like_outlet, split_journalist
from interviews.ingest.people import Person, spelled
from interviews.ingest.speeches import Speech
from interviews.ingest.transcript import Speaker
from interviews.ingest.words import key, label_words, load, words_of

FIRST_NAMES = r"((?:[^\W\d_][\w.’'-]*\s){1,3})"
QUOTED = re.compile(r"[«“„\"]")
INITIAL = re.compile(r"^[^\W\d_]\.?$")
SEARCHED = 200_000
MOST_COMPARED = 50


@dataclass(frozen=True, slots=True)
class Sources:
    """Where names are looked up: the people of the head, its texts, the journalist it names, the spoken text."""

    people: Sequence[Person]
    texts: Sequence[str]
    journalist: str | None = None
    spoken: str = ""


def speakers_of(speeches: Sequence[Speech], parts: Sequence[str], sources: Sources) -> dict[str, Speaker]:
    """Return {label: speaker}, one for each label used; the label '' stands for unlabelled interviewees."""
    voices = [(speech.label, part) for speech, part in zip(speeches, parts, strict=True)]
    labels = {side: {label for label, part in voices if label and part == side} for side in set(parts)}
    lone = {side for side, names in labels.items() if len(set(map(key, names))) == 1}
    outlets = _are_outlets(labels.get("interviewer", ()))
    found = {}
    for label, part in voices:
        if label and label not in found:
            slip = _slip_of(label, part, found)
            found[label] = slip or _speaker(label, part, sources, lone=part in lone, outlets=outlets)
    if (None, "interviewee") in voices:
        found[""] = _unlabelled(found.values(), sources.people)
    return found


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
    if part_of(label) and part != "interviewee":
        return Speaker(label, None, part)
    office, name = _apart(label)
    person = _person(name, office, sources) if name else _holder(office, sources, lone=lone)
    if not person:
        return Speaker(label, None, part, office)
    return Speaker(label, person.name, part, _fuller(office, person.office or _office_after(person, sources)))


def _office_after(person, sources):
    """Return the office that the head gives after a name: “Ana Example, Spokesperson of the Ministry”."""
    pattern = re.compile(rf"{re.escape(person.name.split()[-1])},\s([^,;:()]{{3,80}})", re.IGNORECASE)
    for text in sources.texts:
        found = pattern.search(text)
        if found and speaks_of_office(found[1]) and not any(character.isdigit() for character in found[1]):
            return found[1].strip(" .")
    return ""


def _fuller(office, other):
    """Return the office that says more: “Secretary of State” for “Secretary”; of two different ones the first."""
    return other if not office or _same_office(office, other) else office


def _interviewer(label, sources, *, lone, outlets):
    asker = _after_role_word(label)
    if asker:
        return _named_after_role(label, asker)
    journalist = split_journalist(label, asks=True)
    if journalist:
        return Speaker(label, spelled(journalist[0]), "interviewer", outlet=journalist[1] or None)
    if looks_like_outlet(label) or (outlets and not office_in(label) and not part_of(label)):
        return Speaker(label, None, "interviewer", outlet=label)
    if part_of(label) or len(key(label)) == 1:
        return Speaker(label, sources.journalist if lone else None, "interviewer")
    _, name = _apart(label)
    person = _person(name or label, "", sources)
    return Speaker(label, person and person.name, "interviewer")


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
    if " " in name and not looks_like_outlet(name) and not QUOTED.search(name):
        return Speaker(label, spelled(name), "interviewer")
    return Speaker(label, None, "interviewer", outlet=name.strip('«»“”„"'))


def _apart(label):
    """Return (office as written or '', name or '') of a label; an honorific is no office."""
    words = ARTICLES.sub("", label, count=1).split() if ARTICLES.match(label.casefold()) else label.split()
    count = len(office_in(label).split())
    if part_of(label) or len(key(label)) == 1:
        return "", ""
    taken, folded = 0, 0
    while taken < len(words) and folded < count:
        folded += len(key(words[taken]).split())
        taken += 1
    office = " ".join(words[:taken])
    is_honorific = key(office) in label_words().honorifics
    rest = words[taken:]
    deeper = office_in(" ".join(rest)) if is_honorific else ""
    if deeper and len(deeper.split()) < len(rest):
        return _apart(" ".join(rest))
    return "" if is_honorific else spelled(office), " ".join(rest)


def _person(name, office, sources):
    """Return the person of the head with this name; else with the first names that the text gives; else as written."""
    words = key(name).split()
    for person in sources.people:
        same = key(person.name).split()
        if same[-len(words) :] == words or set(words) <= set(same):
            return Person(_cut_after(person.name, words[-1]), person.office)
    first = _first_names(name, sources) if len(words) == 1 else ""
    return Person(f"{spelled(first)} {spelled(name)}".strip(), office)


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
        known = office_in(word) or folded in label_words().parts or folded in _courtesies()
        if not word[:1].isupper() or known or (word.endswith((".", ",")) and not INITIAL.match(word)):
            break
        kept.insert(0, word)
        if not INITIAL.match(word):
            break
    return " ".join(kept) if not all(INITIAL.match(word) for word in kept) else ""


@cache
def _courtesies():
    """Words that stand before a name and are none: “Thanks Ana”."""
    words = load("words")["courtesy"]
    return frozenset(words["mark"] + words["fill"])


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
