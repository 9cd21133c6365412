"""RIS: one record of tagged lines, as its specification of 2001 and 2011 has them; UTF-8.

Each line is two capitals or digits, two spaces, a hyphen, a space and a value; lines end in CR and LF. TY is first, ER
last. Dates are YYYY/MM/DD/, with nothing between the slashes for what is not known. Names and titles of periodicals may
hold no asterisk. The type is ELEC, a page of the web: of those that programs know it alone keeps the name of the
archive, the address and the day of reading; PCOMM is for what was never published.
"""

from .describing import described, remarks


def ris(reference):
    """Return the record as a text file."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(reference) if value or tag == "ER")


def _lines(reference):
    yield "TY", "ELEC"
    for speaker in reference.speakers:
        yield "AU", _person(speaker.name)
    for interviewer in reference.interviewers:
        yield "A2", _person(interviewer)
    yield "TI", reference.title
    yield "T2", reference.archive.replace("*", "")
    yield "M3", described(reference)
    yield "M1", reference.locator
    yield "ET", reference.version and f"version {reference.version}"
    yield "CY", reference.place
    yield "PY", reference.date and f"{reference.date.year:04}"
    yield "DA", reference.date and _dated(reference.date)
    yield "LA", reference.language
    for remark in remarks(reference):
        yield "N1", remark
    yield "UR", reference.url
    yield "Y2", _dated(reference.accessed)
    yield "ER", ""


def _person(name):
    """A name whose family name stands first is parted too: programs know no other way, and print it inverted."""
    parts = (name.surname, name.given, name.suffix) if name.family else (name.whole,)
    return ", ".join(part.replace("*", "") for part in parts if part)


def _dated(date):
    return "/".join([f"{date.year:04}", *(f"{part:02}" if part else "" for part in (date.month, date.day)), ""])
