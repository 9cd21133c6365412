"""How to search: every form of the query language, each with an example that is a link."""

from dataclasses import dataclass

from django.shortcuts import render

from interviews.search import Request, search

from .formats import also_as, root_of
from .search import search_url

# What examples are made of where the archive has too little.
PLAIN = {
    "country": ("Italy", "Libya", "Egypt"),
    "speaker": ("Sergey Lavrov",),
    "outlet": ("Reuters",),
    "person": ("Ban Ki-moon",),
    "organisation": ("United Nations",),
    "place": ("Crimea",),
    "document": ("INF Treaty",),
    "event": ("Yalta Conference",),
}
PLAIN_YEARS = ("2010", "2014")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to ask: an example as it is typed, where it leads, and what it finds."""

    typed: str
    finds: str

    @property
    def url(self):
        return search_url(self.typed)


def help_as_json(request):
    """All that can be typed, as data."""
    root = root_of(request)
    return {
        "url": root + request.path,
        "groups": [
            {
                "label": heading,
                "forms": [{"typed": form.typed, "finds": form.finds, "url": root + form.url} for form in forms],
            }
            for heading, forms in groups_of_forms()
        ],
    }


@also_as(json=help_as_json)
def search_help(request):
    """The query language, shown on what most answers of this very archive have."""
    return render(request, "search_help.html", {"groups": groups_of_forms()})


def groups_of_forms():
    """[(heading, forms), ...]: all that can be typed."""
    page = search(Request())
    one, two, three = names_of_countries(page)
    return [
        ("Words", forms_of_words(one, two)),
        ("Combined", forms_of_combining(one, two, three)),
        ("Names", forms_of_names(one, two, {facet: names(page, facet)[0] for facet in PLAIN})),
        ("Where the words stand", forms_of_places(one)),
        ("When, and what kind", forms_of_times(*years(page))),
    ]


def forms_of_words(one, two):
    return [
        Form(f"{one} {two}", "both; words in any inflection: sanction finds sanctions, министр finds министрами"),
        Form('"foreign minister"', "exactly these words in this order; quotation marks of any style will do"),
        Form("negotiat*", "every word that begins so; three letters are the least"),
        Form("goverment~", "also words one letter away: for slips and other spellings"),
    ]


def forms_of_combining(one, two, three):
    return [
        Form(f"{one} OR {two}", "one of them is enough"),
        Form(f"{one} -{two}", "the first without the second; NOT does the same as the minus"),
        Form(f"({one} OR {two}) {three}", "brackets group; without them OR parts all before it from all behind"),
        Form(f"{one} NEAR/50 {two}", "at most fifty words apart, in either order; NEAR alone is ten"),
    ]


def forms_of_names(one, two, named):
    """`named` gives a name for each facet."""
    return [
        Form(f"speaker:{named['speaker']}", "who answers, by name or part of a name"),
        Form(f"outlet:{named['outlet']}", "who asked"),
        Form(f"country:{one}", "what question or answer mention, by any name of the country or its code"),
        Form(f"country:({one} OR {two})", "several, in brackets; every field takes them"),
        Form(f"person:{named['person']}", "a person spoken of, whoever speaks"),
        Form(f"organisation:{named['organisation']}", "an organisation mentioned"),
        Form(f"place:{named['place']}", "a city, region or sea mentioned"),
        Form(f"document:{named['document']}", "a treaty, resolution or format of talks mentioned"),
        Form(f"event:{named['event']}", "a conference, a war or another event mentioned"),
        Form(f"about:{two}", "anybody or anything mentioned, of whatever kind"),
        Form(f"{one} -country:{two}", "a field can be excluded like a word"),
    ]


def forms_of_places(one):
    return [
        Form(f"in:question {one}", "all words of the search, or of its brackets, stand in the question"),
        Form(f"in:answer {one}", "they stand in the answer"),
        Form("title:minister", "a word or phrase in the title of the interview"),
    ]


def forms_of_times(first, last):
    return [
        Form(f"year:{last}", "in this year; a month (2014-03) or a day (2014-03-05) will do as well"),
        Form(f"year:{first}..{last}", "from one to the other; 2010.. and ..2014 stay open"),
        Form(f"before:{last}", "before its first day"),
        Form(f"after:{first}", "after its last day"),
        Form("language:english", "the language of the text, by name or code"),
        Form("kind:press", "interview, briefing, press conference or joint press availability"),
    ]


def names_of_countries(page):
    """The country that most answers mention, the two that most of these mention too, as they are typed."""
    first = names(page, "country")[0]
    beside = names(search(Request(f"country:{first}")), "country")
    return [first, *[name for name in beside if name != first][:2]]


def names(page, facet):
    """The values of a facet as they are typed, most answers first, and behind them plain ones."""
    values = next((found.values for found in page.facets if found.name == facet), ())
    labels = [value.label for value in sorted(values, key=lambda value: -value.count)]
    return list(dict.fromkeys(quoted(label) for label in (*labels, *PLAIN[facet])))


def years(page):
    """The first and the last year of the archive."""
    values = next((found.values for found in page.facets if found.name == "year"), ())
    found = [value.value for value in values] or PLAIN_YEARS
    return min(found), max(found)


def quoted(name):
    """A name as it stands in a query: in quotation marks unless it is one word."""
    name = name.replace('"', " ")
    return name if name.isalpha() else f'"{name}"'
