"""What the search page shows of a search.Page: the sentence of what was found, chips, filters, sorting and steps."""

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string

from interviews.wording import ranged

from .lists import feed_at, files_at
from .search_filters import filters_as_html, kept, path_of, url_of
from .search_help import search_help

# What else can be made of the same result set: its name, and that of its page.
VIEWS = [
    ("Answers", "search"),
    ("In context", "concordance"),
    ("Over time", "frequency"),
    ("Who says it", "search_speakers"),
]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another search. `current` says that it is the one shown."""

    label: str
    url: str
    current: bool = False


def search_page(page, patience):
    """Return the context of the search page; what helps on is looked for in the time that is left for it."""
    asked, told = page.request, page.description
    return {
        "page": page,
        "asked": asked,
        "sentence": told.sentence,
        "chips": [Link(chip.words, url_of(chip.request)) for chip in told.chips],
        "filters": filters_as_html(asked.changed(), page.facets, page.years),
        "chosen_count": len(asked.choices) + bool(asked.since) + bool(asked.until),
        "views": views_of(asked),
        "orders": orders_of(asked),
        "hits": [hit_as_html(hit, more_of(asked, hit)) for hit in page.hits],
        "range": range_of(page),
        "previous": url_of(asked, before=page.before) if page.before else "",
        "next": url_of(asked, after=page.after) if page.after else "",
        "files": files_at(url_of(asked, page=1)),
        "feed": feed_at(url_of(asked, page=1)),
        "kept_with_words": kept(asked, without={"q"}),
        "canonical_path": canonical_path(page),
        "help": search_help(page, seconds=patience.share(1)),
    }


def canonical_path(page):
    """The address of what is shown: by the number of the page where it begins as a numbered page does."""
    return url_of(page.request, page=page.number)


def range_of(page):
    """Which of the results are shown: “Answers 41 to 60 of 1,234”; '' where that are all of them."""
    shown = len(page.hits)
    if shown in (0, page.total):
        return ""
    place = page.start + 1, page.start + shown, page.listed
    if not page.is_folded:
        return ranged(*place, "Answer")
    if page.listed == 1:
        return "One interview, with its best answer"
    return f"{ranged(*place, 'Interview')}, each with its best answer"


@lru_cache(maxsize=500)
def hit_as_html(hit, more):
    """Return a hit as safe HTML; kept, for whoever chooses filters and turns pages."""
    return render_to_string("_hit.html", {"hit": hit, "more": more})


def more_of(asked, hit):
    """The link to further answers of the interview that are folded under a hit; None where there are none."""
    if not hit.more_count:
        return None
    return Link(f"More from this interview ({hit.more_count:,})", url_within(asked, hit.interview))


@lru_cache(maxsize=500)
def url_within(asked, interview):
    """The address of a search in one interview."""
    return url_of(asked.with_value("interview", interview))


def views_of(asked, current="search"):
    """The views of a result set; none where there is only one."""
    views = [
        Link(label, f"{path}?{asked.query_string(page=1)}", name == current)
        for label, name in VIEWS
        if (path := path_of(name))
    ]
    return views if len(views) > 1 else []


def orders_of(asked):
    """The orders that make sense: relevance needs words."""
    sorts = ["relevance", "newest", "oldest", "longest"][not asked.query :]
    return [Link(sort, url_of(asked, sort=sort), current=sort == asked.sort) for sort in sorts]
