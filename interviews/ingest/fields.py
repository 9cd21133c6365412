"""What a text says of itself, as fields of rows, and what follows where such a fact is part of an address."""

import datetime
import re

from interviews import addresses
from interviews.ingest.transcript import Transcript
from interviews.models import Entity
from interviews.tagging import authority
from interviews.tagging.names import known_names


def of_interview(values: dict, *, make: bool = True) -> dict:
    """Return facts of the head (facts.header_facts) as fields of an interview.

    An outlet that the archive does not know is made, or is None where `make` is off.
    """
    fields = {name: value for name, value in values.items() if name != "outlet_country"}
    if "title" in fields:
        fields["title"] = fields["title"] or "Untitled"
    if fields.get("date"):
        fields["date"] = datetime.date.fromisoformat(fields["date"])
    if fields.get("time"):
        fields["time"] = datetime.time.fromisoformat(fields["time"])
    if fields.get("outlet"):
        fields["outlet"] = _entity(Entity.Kind.OUTLET, fields["outlet"], values.get("outlet_country"), make=make)
    return fields


def of_participation(values: dict, *, make: bool = True) -> dict:
    """Return what a text says of a speaker as fields of a participation; `make` as above."""
    fields = {name: values[name] or "" for name in ("part", "office") if name in values}
    for name, kind in (("name", Entity.Kind.PERSON), ("outlet", Entity.Kind.OUTLET)):
        if name in values:
            found = _entity(kind, values[name], None, make=make) if values[name] else None
            fields["person" if name == "name" else name] = found
    return fields


def fetch_named(transcript: Transcript) -> None:
    """Look up together all whom a transcript names in its head or as speakers: one query a text."""
    named = [(Entity.Kind.OUTLET, transcript.header.outlet)]
    for speaker in transcript.speakers:
        named += [(Entity.Kind.PERSON, speaker.name), (Entity.Kind.OUTLET, speaker.outlet)]
    known_names().fetch({(kind, name) for kind, name in named if name})


def _entity(kind, name, country, *, make):
    if not make:
        return authority.find(kind, name)
    return authority.find_or_make(kind, name, country)


def shown(fields: dict) -> str:
    """Return fields of a row as a person reads them: “2019-03”, “Il Molo”, “yes”."""
    if "date" in fields:
        length = {"day": 10, "month": 7, "year": 4}[fields["date_precision"]]
        return fields["date"].isoformat()[:length] if fields["date"] else ""
    return ", ".join(_shown(value) for value in fields.values())


def _shown(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def set_all(row, values):
    for name, value in values.items():
        setattr(row, name, value)


def names_for_slug(header):
    """Return what the slug is made of, first choice first: the outlet, else kind and place, else the title."""
    return header["outlet"], header["place"] and f"{header['kind']}-{header['place']}", header["title"]


def changed_slug(interview, header_before, header):
    """Return the slug that changed facts ask for; one that a curator chose stays."""
    before, now = (addresses.slug_for(*names_for_slug(each)) for each in (header_before, header))
    return now if before != now and is_made_of(interview.slug, before) else interview.slug


def is_made_of(slug, wanted):
    """Tell whether a slug is the one that was wanted, or that one with a count."""
    return re.fullmatch(rf"{re.escape(wanted)}(-\d+)?", slug) is not None


def change_facts(interview, fields, *, slug=None):
    """Set facts; where they are part of the address, the old one leads to the new one for ever."""
    former_path = interview.get_absolute_url() if interview.date else None
    set_all(interview, fields)
    slug = slug or interview.slug
    if former_path and former_path == addresses.path_of(dated=interview.dated, slug=slug):
        return
    interview.slug = addresses.choose_slug(interview, slug)
    if former_path:
        addresses.remember(interview=interview, former_path=former_path)
