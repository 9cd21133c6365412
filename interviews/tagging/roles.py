"""What a form may stand for, and how."""

from enum import StrEnum
from typing import NamedTuple

COUNTRY = "country"
PERSON = "person"
ORGANISATION = "organisation"
PLACE = "place"
DOCUMENT = "document"
EVENT = "event"


class Role(StrEnum):
    """How a form stands for its entity, or what it tells of the words beside it."""

    NAME = "name"
    DEMONYM = "demonym"
    PREFIX = "prefix"  # Russo-
    SEAT = "seat"  # a seat of government: the state, or the body, only where the context says so
    CITY = "city"  # a capital that never stands for the state
    AMBIGUOUS = "ambiguous"  # one of several entities
    MASK = "mask"  # no country at all
    ALONE = "alone"  # the part of a person's name that may stand alone
    BARE = "bare"  # the same of a name that is too common: only with a title, or where the name was said in full
    TITLE = "title"  # President: a name may follow
    GIVEN = "given"  # a given name, or a family name that stands first
    HEAD = "head"  # Council: the word by which a name of several words is told


class Sense(NamedTuple):
    """What a form may mean: an entity by kind and key (of countries the code), and how."""

    kind: str
    key: str
    role: Role
