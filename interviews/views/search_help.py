"""What helps on with a search: who and what its words name, other spellings, and what to leave out."""

from dataclasses import dataclass

from interviews import search as engine
from interviews.wording import counted

from .search_filters import url_of

SPOKEN_OF = {
    "person": ("is spoken of", "about this person"),
    "outlet": ("is spoken of", "about this outlet"),
    "country": ("is a country", "about it"),
    "organisation": ("is an organisation", "about it"),
    "place": ("is a place", "about it"),
    "document": ("is a document or format", "about it"),
    "event": ("is an event", "about it"),
}
OF_GROUPS = {
    "speaker": ("is a speaker", "by this speaker"),
    "outlet": ("is an outlet", "to its questions"),
    "phrase": ("is a phrase", "with it"),
}
READ = {
    "any": "In any form and order",
    "title": "In titles of interviews",
    "small": "In small letters",
    "text": "As plain words",
}


@dataclass(frozen=True, slots=True)
class Way:
    """Another search, in words, and how many answers it finds, in words too."""

    words: str
    count: str
    url: str


def search_help(page, *, seconds):
    """Return the help beside the results of a page, as ways; it takes at most so many seconds."""
    found = engine.help_with(page, seconds=seconds)
    return {
        "named": [_way_to_named(each) for each in found.named],
        "corrections": [Way(each.request.query, f"({each.count})", url_of(each.request)) for each in found.corrections],
        "rereadings": [
            Way(READ[each.place], f"{counted(each.count, 'answer')} for {each.request.query}", url_of(each.request))
            for each in found.rereadings
        ],
        "relaxations": [
            Way(each.dropped, counted(each.count, "answer"), url_of(each.request)) for each in found.relaxations
        ],
        "apart": [Way(each.part, f"{each.count:,}", url_of(each.request)) for each in found.apart],
    }


def _way_to_named(named):
    what, which = OF_GROUPS.get(named.group) or SPOKEN_OF[named.kind]
    words = f"{counted(named.count, 'answer')} {which} {named.beside}".strip()
    return Way(f"{named.label} {what}", words, url_of(named.request))
