"""The forms in which a name or a demonym may stand in a text of a language.

Simple rules by ending, for the languages whose names inflect; a form that is no word does no harm.
"""

import itertools
import re
import unicodedata

from .morphology import inflected

# Languages that often drop accents, above all in capitals (Etats-Unis, Sao Tome).
ACCENTS_DROPPED = {"en", "fr", "es"}
SHORT = 3  # in capitals, a form of so few letters may be another word

# By ending: what takes its place in the nominative, genitive, dative, accusative, instrumental and prepositional;
# a dash is no ending.
RUSSIAN_ADJECTIVES = {
    "ий": "ий ого ому ого им ом",
    "ый": "ый ого ому ого ым ом",
    "ой": "ой ого ому ого ым ом",
    "ая": "ая ой ой ую ой ой",
    "ое": "ое ого ому ое им ом",
    "ие": "ие их им их ими их",
    "ые": "ые ых ым ых ыми ых",
}
SURNAMES = ("ов", "ев", "ин", "ын")
RUSSIAN_NAMES = {
    "пет": ["пет пта пту пет птом пте"],
    "ия": ["ия ии ии ию ией ии", "ия ий иям ия иями иях"],
    "оа": ["оа оа оа оа оа оа"],
    "уа": ["уа уа уа уа уа уа"],
    "а": ["а ы е у ой е", "а и е у ей е"],
    "я": ["я и е ю ей е"],
    "й": ["й я ю й ем е"],
    "ь": ["ь я ю ь ем е", "ь и и ь ью и"],
    "ы": ["ы ов ам ы ами ах", "ы - ам ы ами ах"],
    **{
        end: [f"{end} {end}а {end}у {end}{last}" for last in (f"а {end}ым {end}е", f" {end}ом {end}е")]
        for end in SURNAMES
    },
    "": ["- а у - ом е"],
}
# Beside the adjectives in -ий: Ближний, Дмитрий.
RUSSIAN_SOFT = {"ий": ["ий его ему его им ем", "ий ия ию ия ием ии"]}
RUSSIAN_PEOPLES = {
    "йцы": ["йцы йцев йцам йцев йцами йцах", "ец йца йцу йца йцем йце"],
    "цы": ["цы цев цам цев цами цах", "ец ца цу ца цем це"],
    "не": ["не н нам н нами нах", "нин нина нину нина нином нине"],
    "ы": ["ы ов ам ов ами ах", "- а у а ом е"],
    "и": ["и ов ам ов ами ах", "- а у а ом е"],
}
RUSSIAN_VOWELS = tuple("аеиоуыэюя")
CASES = 6
LONG = 3  # words
GERMAN_ADJECTIVE = ["", "e", "en", "er", "em", "es"]
GERMAN_PEOPLE = ["", "n", "en", "s", "in", "innen"]
# Masculine and feminine, singular and plural, by ending; an accent on the last vowel goes where an ending follows.
SPANISH_PEOPLES = {
    "o": "o a os as",
    "és": "és esa eses esas",
    "án": "án ana anes anas",
    "ón": "ón ona ones onas",
    "ol": "ol ola oles olas",
    "í": "í íes ís",
    "ú": "ú úes ús",
    "e": "e es",
    "a": "a as",
    "": "- es",
}
ARABIC_PREFIXES = ["", "و", "ب", "ل", "ف", "ك", "وب", "ول"]
ARABIC_PEOPLES = ["", "ة", "ون", "ين", "ان", "تين", "ات"]


def forms_of(name: str, language: str, *, people: bool = False) -> list[str]:
    """Return every form of a name that a text of this language may use, itself first.

    `people`: it is a demonym, which inflects as an adjective or as the name of a people.

    >>> forms_of("Perú", "es")
    ['Perú', 'PERU', 'PERÚ', 'Peru']
    """
    inflect = INFLECTIONS.get(language)
    forms = spellings(name) | set(inflect(name, people=people) if inflect else ())
    if language in ACCENTS_DROPPED:
        forms |= {without_accents(form) for form in forms}
    forms |= {form[0].upper() + form[1:] for form in forms}
    forms |= {form.upper() for form in forms if len(form) > SHORT}
    return [name, *sorted(forms - {name})]


def spellings(name: str) -> set[str]:
    """A name with St., St and Saint, & and “and”, as English writes them."""
    found = {name, name.replace(" & ", " and ")}
    found |= {re.sub(r"\bSt\. ", "Saint ", form) for form in found}
    return found | {re.sub(r"\bSaint ", short, form) for form in found for short in ("St. ", "St ")}


def without_accents(form: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", form) if not unicodedata.combining(c))


def russian(name: str, *, people: bool) -> list[str]:
    """Decline by ending; abbreviations and foreign vowels stay (США, Конго).

    All words of a name take the same case, or those after its first noun stay as they are: Организация Объединённых
    Наций. Where the dictionary of the extra is installed, its forms are added.
    """
    if people and name.endswith("ий"):
        return [name[:-2] + ending for row in RUSSIAN_ADJECTIVES.values() for ending in row.split()]
    nouns = RUSSIAN_PEOPLES if people else RUSSIAN_NAMES
    parts = re.split(r"([\s’'-]+)", name)
    head = 1 + next((i for i, part in enumerate(parts) if part.strip(" -") and not is_adjective(part)), len(parts))
    forms = [] if people else inflected(name)
    for kept in {head, len(parts)} if len(re.findall(r"\w+", name)) <= LONG else {head}:
        rest = "".join(parts[kept:])
        rows = itertools.product(*(declensions(part, nouns) for part in parts[:kept]))
        forms += ["".join(word[case] for word in row) + rest for row in rows for case in range(CASES)]
    return forms


def is_adjective(word: str) -> bool:
    return word[-2:] in RUSSIAN_ADJECTIVES


def declensions(word: str, nouns: dict[str, list[str]]) -> list[list[str]]:
    """Return the ways a Russian word may decline, each as its six cases."""
    unchanged = [[word] * CASES]
    if len(word) < 3 or word.isupper():
        return unchanged
    if word[-2:] in RUSSIAN_ADJECTIVES:
        rows = [RUSSIAN_ADJECTIVES[word[-2:]], *RUSSIAN_SOFT.get(word[-2:], ())]
        return [[word[:-2] + ending for ending in row.split()] for row in rows]
    for ending, rows in nouns.items():
        if word.endswith(ending) and (ending or not word.endswith(RUSSIAN_VOWELS)):
            stem = word.removesuffix(ending)
            return [[stem + other.replace("-", "") for other in row.split()] for row in rows]
    return unchanged


def german(name: str, *, people: bool) -> list[str]:
    """Adjectives (in lower case, or inside a name: Vereinigte), names and peoples."""
    if name[0].islower():
        return [name + ending for ending in GERMAN_ADJECTIVE]
    *inner, last = name.split(" ")
    choices = [[word, word + "n", word + "r"] if word.endswith("e") else [word] for word in inner]
    endings = GERMAN_PEOPLE if people else ["", "s", "n"] if inner else ["", "s"]
    choices.append([last + ending for ending in endings])
    return [" ".join(choice) for choice in itertools.product(*choices)]


def french(name: str, *, people: bool) -> list[str]:
    """Feminine and plural of demonyms; names do not change."""
    if not people:
        return [name]
    ending = "ne" if name.endswith(("ien", "éen")) else "" if name.endswith("e") else "e"
    feminine = name + ending
    return [form for one in (name, feminine) for form in (one, one if one.endswith("s") else one + "s")]


def spanish(name: str, *, people: bool) -> list[str]:
    """Feminine and plural of demonyms; names do not change."""
    if not people:
        return [name]
    ending = next(ending for ending in SPANISH_PEOPLES if name.endswith(ending))
    stem = name.removesuffix(ending)
    return [stem + other.replace("-", "") for other in SPANISH_PEOPLES[ending].split()]


def arabic(name: str, *, people: bool) -> list[str]:
    """The words of one letter that are written together with a name: and, in, to, so, as.

    Demonyms also with and without the article, in the feminine and the plural, all words of one alike.
    """
    names = [name]
    if people:
        words = name.split(" ")
        endings = [" ".join(word + ending for word in words) for ending in ARABIC_PEOPLES]
        names = endings + [" ".join("ال" + word for word in form.split(" ")) for form in endings]
    to_the = [prefix + "لل" + form[2:] for form in names if form.startswith("ال") for prefix in ("", "و")]
    return [prefix + form for form in names for prefix in ARABIC_PREFIXES] + to_the


INFLECTIONS = {"ru": russian, "de": german, "fr": french, "es": spanish, "ar": arabic}
