"""CSL-JSON: a list of one item, as citation processors and Zotero read it (citationstyles.org, csl-data.json)."""

import json

from .describing import remarks
from .names import Name


def csl_json(reference):
    """Return the item as a text file."""
    return json.dumps([item(reference)], ensure_ascii=False, indent=2) + "\n"


def item(reference):
    """Return the item; fields of which nothing is known are left out.

    An outlet that asked is the interviewer where no journalist is named.
    """
    asking = reference.interviewers or ((Name(reference.outlet),) if reference.outlet and not reference.asked else ())
    fields = {
        "id": reference.key,
        "type": "interview",
        "author": [person(speaker.name) for speaker in reference.speakers],
        "interviewer": [person(name) for name in asking],
        "title": reference.title,
        "original-title": reference.original_title,
        "container-title": reference.archive,
        "genre": reference.event.capitalize(),
        "medium": "Transcript",
        "number": reference.locator,
        "version": reference.version,
        "event-place": reference.place,
        "issued": reference.date and {"date-parts": [[part for part in reference.date if part]]},
        "accessed": {"date-parts": [[reference.accessed.year, reference.accessed.month, reference.accessed.day]]},
        "language": reference.language,
        "URL": reference.url,
        "note": ". ".join(remarks(reference)),
    }
    return {name: value for name, value in fields.items() if value}


def person(name):
    """Return a name variable. A name without parts is literal; one whose family name stands first keeps its order."""
    if not name.family:
        return {"literal": name.whole}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "static-ordering": name.family_first,
    }
    return {key: value for key, value in parts.items() if value}
