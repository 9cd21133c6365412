"""References as the archive makes them, without a database."""

import datetime

from interviews.citing.names import Name, name_of_person
from interviews.citing.reference import Reference, Speaker
from interviews.partial_date import PartialDate

URL = "https://archive.example/interviews/2025/03/14/radio-meridian/a3/?v=1a2b3c4d"
VARGA = Speaker(name_of_person("Ilsa Varga"), "Minister of Foreign Affairs")


def speaker(name, office="", *, country=""):
    return Speaker(name_of_person(name, country=country), office)


def body(name, office=""):
    """Somebody who has no personal name: a spokesperson, a ministry."""
    return Speaker(Name(name), office)


def make_reference(**fields):
    """Return the reference of an answer in which all is known but who asked and what was translated."""
    known = {
        "key": "radio-meridian-2025-03-14-a3",
        "kind": "interview",
        "event": "interview",
        "speakers": (VARGA,),
        "asked": (),
        "interviewers": (),
        "outlet": "Radio Meridian",
        "title": "The Harbour Is Open",
        "original_title": "",
        "original_language": "",
        "place": "Rome",
        "date": PartialDate(2025, 3, 14),
        "language": "en",
        "archive": "Diplomatic Interview Archive",
        "locator": "Answer 3",
        "version": "1a2b3c4d",
        "url": URL,
        "source_url": "",
        "accessed": datetime.date(2026, 11, 23),
    }
    return Reference(**(known | fields))
