"""The words that tell, in English, what a name means where it stands; they are data and checked when loaded."""

import functools
from dataclasses import dataclass
from pathlib import Path

from .gazetteer import DATA, GazetteerError, read_text
from .wordlists import as_sets, read_lists


@dataclass(frozen=True, slots=True)
class People:
    """The lists of people.toml, and `given_names` of given_names.txt."""

    forms_of_address: frozenset[str]
    offices: frozenset[str]
    links_after_an_office: frozenset[str]
    matters: frozenset[str]
    particles: frozenset[str]
    generations: frozenset[str]
    family_names_first: frozenset[str]
    surnames_that_are_words: frozenset[str]
    given_names_that_are_words: frozenset[str]
    given_names_that_are_countries: frozenset[str]
    beside_the_month: frozenset[str]
    no_names: frozenset[str]
    openers: frozenset[str]
    given_names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Heads:
    """The lists of heads.toml: the words by which the name of a body, document, event or place is told."""

    organisations: frozenset[str]
    every_state_has: frozenset[str]
    documents: frozenset[str]
    small_documents: frozenset[str]
    events: frozenset[str]
    small_events: frozenset[str]
    places: frozenset[str]
    places_before: frozenset[str]
    seats_of_bodies: frozenset[str]
    links: frozenset[str]


@functools.cache
def load_people(folder: Path = DATA) -> People:
    """Read and check people.toml and given_names.txt, once a process. Raises GazetteerError."""
    path = folder / "people.toml"
    return as_sets(path, read_lists(path) | {"given_names": read_given_names(folder / "given_names.txt")}, People)


@functools.cache
def load_heads(folder: Path = DATA) -> Heads:
    """Read and check heads.toml, once a process. Raises GazetteerError."""
    path = folder / "heads.toml"
    return as_sets(path, read_lists(path), Heads)


def read_given_names(path: Path) -> list[str]:
    """Return the names of a file, several a line. Raises GazetteerError."""
    names = []
    for number, line in enumerate(read_text(path).splitlines(), 1):
        words = [] if line.startswith("#") else line.split()
        if wrong := next((word for word in words if not word[0].isupper() or not word.isalpha()), None):
            raise GazetteerError(path, f"line {number}", f"{wrong!r:.60} is no given name; mend or remove it.")
        names += words
    if not names:
        raise GazetteerError(path, "line 1", "holds no names; put the given names back.")
    return names
