"""The forms in which a text may name an entity of the registry: spellings, acronyms, surnames."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from .cues import load_heads, load_people
from .inflection import forms_of
from .registry import Known
from .roles import PERSON, Role

# In these languages a person's name is written as in English, or nearly.
LATIN = {"cs", "da", "de", "en", "es", "fi", "fr", "hr", "hu", "id", "it", "nl", "no", "pl", "pt", "ro", "sv", "tr"}
# What one name may be spelt like, in either direction.
SPELLINGS = (
    ("Organisation", "Organization"),
    ("Defence", "Defense"),
    ("Centre", "Center"),
    ("Programme", "Program"),
    ("Labour", "Labor"),
    ("Co-operation", "Cooperation"),
    ("South-East", "Southeast"),
    ("Non-Proliferation", "Nonproliferation"),
    ("United Nations ", "UN "),
    ("United States ", "US "),
    ("European Union ", "EU "),
)
ALIKE = 0.6  # Gaddafi and Kadhafi are
SHORT = 3  # letters: Un of Kim Jong Un is no surname
SHORT_ACRONYM = re.compile(r"[A-Z]{2,3}")
# In a longer name these take full stops too: U.N. Security Council.
DOTTED = re.compile(r"\b(UN|US|UK|EU)\b")
ARTICLES = {"al": "Al", "el": "El", "as": "As", "ad": "Ad", "ash": "Ash"}


def forms_of_entity(known: Known, language: str) -> Iterator[tuple[str, Role]]:
    """Yield (form, role) of every form by which a text in a language (ISO 639-1) may name an entity."""
    names = [name for spoken, name in known.names if spoken == language]
    if known.kind == PERSON:
        if language in LATIN:
            names += [name for spoken, name in known.names if spoken == "en" and name not in names]
        yield from forms_of_person(known, names, language)
        return
    for name in names:
        spellings = spellings_of(name, known.country) if language == "en" else {name}
        for spelling in sorted(spellings):
            yield from ((form, Role.NAME) for form in cases_of(spelling, language))


def forms_of_person(known: Known, names: list[str], language: str) -> Iterator[tuple[str, Role]]:
    """A name in full; what may stand alone of it; a name of one word stands alone by nature.

    An English surname may be a word of another language: there it stands alone only where the full name was said.
    """
    full = [name for name in names if " " in name]
    single = [name for name in names if " " not in name]
    role = Role.ALONE if known.alone and (language == "en" or language not in LATIN) else Role.BARE
    surnames = surnames_of(known, full, language)
    for kind, parts in ((Role.NAME, full), (Role.ALONE, single), (role, surnames)):
        for part in dict.fromkeys(parts):
            yield from ((form, kind) for one in articles_of(part) for form in forms_of(one, language))


def surnames_of(known: Known, full: list[str], language: str) -> list[str]:
    """The surname, and what stands in its place in other spellings of the name: Gaddafi, Qaddafi, Kadhafi."""
    if language not in LATIN:
        return [name.split()[-1] for name in full]
    if not known.name.endswith(f" {known.surname}") or " " in known.surname:
        return [known.surname]
    others = [name.split()[-1] for name in full]
    generations = load_people().generations
    alike = [o for o in others if len(o) > SHORT and o not in generations and ratio(o, known.surname) > ALIKE]
    return [known.surname, *alike]


def ratio(one: str, other: str) -> float:
    """How far two spellings agree: 0 to 1."""
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio()


def articles_of(name: str) -> set[str]:
    """al-Assad, Al-Assad; Jong-un, Jong-Un, Jong Un: each as different writers have it."""
    found = {name}
    for small, capital in ARTICLES.items():
        found |= {re.sub(rf"\b{small}-", f"{capital}-", form) for form in found}
    found |= {re.sub(r"-(\w)", lambda part: "-" + part[1].upper(), form) for form in found}
    return found | {form.replace("-", " ") for form in found if re.search(r"[a-z]-[A-Z]", form)}


def spellings_of(name: str, country: str) -> set[str]:
    """An English name as British and American writers, and friends of full stops, spell it.

    The Defense Department is that of the USA, and no other state's.
    """
    found = {name}
    for one, other in SPELLINGS:
        if country == "US" and "Defense" in (one, other):
            continue
        found |= {form.replace(one, other) for form in found} | {form.replace(other, one) for form in found}
    if SHORT_ACRONYM.fullmatch(name):
        found.add("".join(f"{letter}." for letter in name))
    found |= {DOTTED.sub(lambda short: "".join(f"{letter}." for letter in short[0]), form) for form in found}
    heads = load_heads()
    small = heads.small_documents | heads.small_events | {head.lower() for head in heads.places}
    for form in list(found):
        *rest, last = form.split(" ")
        if rest and last.lower() in small:
            found |= {" ".join([*rest, last.lower()]), " ".join([*rest, last.capitalize()])}
    return found


def cases_of(name: str, language: str) -> list[str]:
    """The inflected forms of a name; an acronym stands as it is."""
    return [name] if name.isupper() else forms_of(name, language)
