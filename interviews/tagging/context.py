"""What the words around a name say of it, in English: a person, a language, a river, a state of the USA;
whether a capital stands for its state. The words themselves are data, in `data/context.toml`.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .cues import load_people
from .gazetteer import DATA
from .lexicon import Role
from .passage import Place, is_proper
from .wordlists import as_sets, read_lists


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of context.toml, by name; those of its table [capital] begin with capital_."""

    titles: frozenset[str]
    given_names: frozenset[str]
    offices_and_bodies: frozenset[str]
    prepositions: frozenset[str]
    geography_after: frozenset[str]
    geography_before: frozenset[str]
    geography_of: frozenset[str]
    languages: frozenset[str]
    before_a_language: frozenset[str]
    after_a_language: frozenset[str]
    no_noun: frozenset[str]
    georgia_of_the_usa: frozenset[str]
    states_of_the_usa: frozenset[str]
    capital_verbs: frozenset[str]
    capital_auxiliaries: frozenset[str]
    capital_verbs_of_several: frozenset[str]
    capital_adverbs: frozenset[str]
    capital_helpers: frozenset[str]
    capital_ways: frozenset[str]
    capital_places_of: frozenset[str]
    capital_powers: frozenset[str]
    capital_powers_in: frozenset[str]
    capital_positions: frozenset[str]
    capital_messages: frozenset[str]
    capital_burdens: frozenset[str]
    capital_partners: frozenset[str]
    capital_addressed: frozenset[str]
    capital_city_things: frozenset[str]
    capital_named_after: frozenset[str]


@functools.cache
def load_cues(folder: Path = DATA) -> Cues:
    """Read and check context.toml, once a process. Raises GazetteerError."""
    path = folder / "context.toml"
    return as_sets(path, read_lists(path), Cues, tables=("capital",))


def is_shouted(place: Place) -> bool:
    """“LET US GO”: among capitals, US is a pronoun; “THE US” is not."""
    if place.form not in ("US", "CAR") or place.before() == "THE":
        return False
    others = [word for word in place.rest_of_sentence if word.isalpha() and not place.known(word)]
    return bool(others) and all(word.isupper() for word in others)


def is_personal_name(place: Place) -> bool:
    """“Mr. England”, “Michael Jordan”, “Jordan Peterson”; also of a city: “Sofia Coppola”."""
    cues = load_cues()
    previous = place.before(2) if place.before() == "." else place.before()
    if previous in cues.titles or place.before() in cues.given_names:
        return place.end == place.start + 1
    people = load_people()
    return (
        (place.form in people.given_names_that_are_countries or place.form in people.given_names)
        and is_proper(place.after())
        and not place.known(place.after())
        and place.after() not in cues.offices_and_bodies
        and place.before().lower() not in cues.prepositions
    )


def is_language(place: Place) -> bool:
    """“in English”, “the Russian language”; not “in Russian hands”, nor “the English”."""
    cues = load_cues()
    if place.form not in cues.languages:
        return False
    following = place.after(2) if place.after() == "-" else place.after()
    if following in cues.after_a_language:
        return True
    alone = not following.isalpha() or following in cues.no_noun or following == "I"
    return alone and before_list(place).lower() in cues.before_a_language


def before_list(place: Place) -> str:
    """The word before a language, or before the row of languages that it ends: “in Arabic, French and German”."""
    distance = 1
    while place.before(distance) in (",", "and", "or"):
        distance += 1 + (place.before(distance + 1) == ",")
        if not is_proper(place.before(distance)):
            return ""
        distance += 1
    return (
        place.before(distance + 1)
        if place.before(distance) in ("any", "good", "no", "some")
        else place.before(distance)
    )


def is_geography(place: Place) -> bool:
    """“Jordan River”, “the Senegal river”, “the Libyan Desert”, “Gulf of Oman”; not “a Swiss valley”."""
    cues = load_cues()
    of = 2 if place.before() == "the" else 1
    return (
        (place.after() in cues.geography_after and (place.role is not Role.DEMONYM or is_proper(place.after())))
        or place.before() in cues.geography_before
        or (place.before(of) == "of" and place.before(of + 1) in cues.geography_of)
    )


def is_in_the_usa(place: Place) -> bool:
    """“Georgia” beside Atlanta or Alabama; “Lebanon, Pennsylvania”."""
    cues = load_cues()
    if place.after() == "," and place.after(2) in cues.states_of_the_usa:
        return True
    is_georgia = place.form in ("Georgia", "Georgian", "Georgians")
    return is_georgia and not cues.georgia_of_the_usa.isdisjoint(place.rest_of_sentence)


DOUBTS: list[Callable[[Place], bool]] = [is_shouted, is_personal_name, is_language, is_geography, is_in_the_usa]


def means_the_country(place: Place) -> bool:
    """Whether a name or demonym means its country here, as far as the words around it tell (in English only)."""
    return place.lexicon.language != "en" or not any(doubt(place) for doubt in DOUBTS)


def stands_for_state(place: Place) -> bool:
    """Whether a capital stands for its state here: only on positive evidence, and never inside a name."""
    return not is_inside_a_name(place) and any(evidence(place) for evidence in EVIDENCE)


def surely_stands_for_state(place: Place) -> bool:
    """Whether the words leave no doubt: “Ankara denies”, “Beijing's position”, “between Tehran and Riyadh”."""
    cues = load_cues()
    if place.after() == "'":
        return (place.after(3) if place.after(2) == "s" else place.after(2)) in cues.capital_positions
    if tells(place, 1):
        before = place.before(3) if is_second(place) else place.before()
        return before.lower() not in cues.capital_places_of
    if is_first(place):
        if place.before() == "between":
            return place.before(2).lower() not in cues.capital_ways
        return tells(place, 3) and place.before().lower() not in cues.capital_places_of
    return is_second(place) and place.before(3) == "between" and place.before(4).lower() not in cues.capital_ways


def tells(place: Place, distance: int) -> bool:
    """Whether a verb stands so many words after, such as only those who act have: “rejected”, “has rejected”."""
    cues = load_cues()
    base = distance > 1 or is_second(place)
    if place.after(distance) in cues.capital_helpers:
        distance, base = distance + 1, True
    verb = place.after(distance)
    return verb in cues.capital_verbs - cues.capital_auxiliaries or (base and verb in cues.capital_verbs_of_several)


def is_first(place: Place) -> bool:
    """Whether another name of a country or a capital follows: “Moscow and Washington”."""
    return place.after() in ("and", "or") and place.known(place.after(2))


def is_second(place: Place) -> bool:
    """Whether another name of a country or a capital goes before."""
    return place.before() in ("and", "or", "nor") and place.known(place.before(2))


def is_inside_a_name(place: Place) -> bool:
    """“Minsk Package”, “the Astana process”, “Treaty of Rome”."""
    following = place.after()
    if following.lower() in load_cues().capital_named_after:
        return True
    if is_proper(following) and not place.known(following):
        return True
    return place.before() == "of" and is_proper(place.before(2))


def acts(place: Place) -> bool:
    """“Moscow insists”, “Washington has also said”, “Kiev's position”, “the Washington establishment”."""
    cues = load_cues()
    if place.after() == "'":
        possessed = place.after(3) if place.after(2) == "s" else place.after(2)
        return possessed.isalpha() and possessed not in cues.capital_city_things
    before = place.before(3) if place.before() in ("and", "or") else place.before()
    if before.lower() in cues.capital_places_of:
        return False
    verb = place.after(2) if place.after() in cues.capital_adverbs else place.after()
    return verb in cues.capital_verbs or verb in cues.capital_powers or tells(place, 1)


def is_dealt_with(place: Place) -> bool:
    """“dialogue with Kiev”, “the position of Moscow”, “a message from Tehran”, “urge Ankara”, “authorities in Kiev”."""
    cues = load_cues()
    before, earlier = place.before().lower(), place.before(2).lower()
    return (
        before in cues.capital_partners
        or before in cues.capital_addressed
        or (before == "of" and earlier in cues.capital_positions)
        or (before in ("from", "to") and earlier in cues.capital_messages)
        or (before == "on" and earlier in cues.capital_burdens)
        or (before == "in" and earlier in cues.capital_powers_in)
    )


def is_coupled(place: Place) -> bool:
    """“between Moscow and Washington”, “Moscow-Washington”, “Berlin and Paris want”."""
    cues = load_cues()
    verbs = cues.capital_verbs | cues.capital_verbs_of_several
    if place.before() == "-" or place.after() == "-":
        neighbour = place.before(2) if place.before() == "-" else place.after(2)
        return place.known(neighbour) and place.before().lower() not in cues.capital_places_of
    if is_second(place):
        is_place = place.before(3).lower() in cues.capital_places_of
        return place.before(3).lower() in cues.capital_partners or (not is_place and place.after() in verbs)
    if is_first(place):
        return place.before().lower() not in cues.capital_places_of and (place.after(3) in verbs or tells(place, 3))
    return False


EVIDENCE: list[Callable[[Place], bool]] = [acts, is_dealt_with, is_coupled]
