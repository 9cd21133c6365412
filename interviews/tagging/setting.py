"""Who takes part in an interview, when it was held, in which language: what the tagger is told beside the texts.

The same for a transcript as it was read, without a database, and for the rows that were made of it.
"""

import functools
from collections.abc import Iterable
from datetime import date

from .registry import Known, load_registry
from .tagger import Present, Setting
from .words import folded

LONGEST_OFFICE = 200  # as the archive stores it


def setting_of(people: Iterable[tuple[str, str, str, str]], *, day: date | None, language: str | None) -> Setting:
    """Return the setting of those who take part, each (name, office, country, key), in an order of its own.

    Country and key may be "": those of the data files are taken where they know one person of that name.
    """
    present = {present_of(name, office[:LONGEST_OFFICE], country, key) for name, office, country, key in people if name}
    return Setting(tuple(sorted(present)), day, language or "en")


def present_of(name: str, office: str, country: str, key: str) -> Present:
    known = people_by_name().get(folded(name))
    if known and key in ("", known.key):
        return Present(name, office, country or known.country, known.key)
    return Present(name, office, country, key)


@functools.cache
def people_by_name() -> dict[str, Known]:
    """Return {folded name: the one person of the data files who bears it}."""
    bearers: dict[str, set[Known]] = {}
    for known in load_registry().known:
        if known.kind == "person":
            for _, name in known.names:
                bearers.setdefault(folded(name), set()).add(known)
    return {name: known.pop() for name, known in bearers.items() if len(known) == 1}
