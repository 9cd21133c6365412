"""What the page of an entity shows: what it is, and the answers by it or about it, with what stands beside it there."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import escape, strip_tags

from interviews import search as engine
from interviews.charts import chart_of_years
from interviews.evidence import sentence_about
from interviews.models import Interview, Participation, Turn
from interviews.search.language.describing import SPOKEN_OF
from interviews.search.language.known import facet_of_spoken_of, value_of
from interviews.wording import shortened_question

from .lists import feed_at, files_at
from .search_filters import all_url
from .search_filters import url_of as search_url_of
from .spoken_of import HEADINGS

# What people say and outlets asked: the facet of those answers. Of everything, also of them, answers may speak.
BY = {"person": "speaker", "outlet": "outlet"}
MOST = 8
LONGEST_HEADING = 160
FILTERS = ("year", "speaker")


@dataclass(frozen=True)
class Side:
    """One side of an entity: the answers it gives or got ("by"), or those that speak of it ("of"), as a reader asked.

    `asked` holds the choice of years and speakers and the page; `is_first` says whether the address says no side.
    """

    entity: object
    said: str
    asked: engine.Request
    is_first: bool = True

    @property
    def facet(self):
        return BY[self.entity.kind] if self.said == "by" else facet_of_spoken_of(self.entity)

    @property
    def own(self):
        """The choice that makes the search one for this side."""
        return self.facet, value_of(self.facet, self.entity)

    @cached_property
    def request(self):
        """The search for these answers."""
        return self.asked.changed(choices=(*self.asked.choices, self.own), page=self.asked.page)

    @cached_property
    def profile(self):
        """The answers, with what is said beside; None while there is no index."""
        beside = SPOKEN_OF if self.said == "by" else ("speaker", *SPOKEN_OF)
        return engine.profile_of(self.request, beside, most=MOST)

    @cached_property
    def total(self):
        """How many answers there are on this side, whatever was chosen."""
        return engine.profile_of(Side(self.entity, self.said, engine.Request()).request, (), most=0).total

    def address(self, asked=None):
        """The address of this side with other choices; of all of it without any."""
        said = [] if self.is_first else [("said", self.said)]
        chosen = list(asked.choices) if asked else []
        page = [("page", asked.page)] if asked and asked.page > 1 else []
        query = urlencode([*said, *chosen, *page])
        return f"{self.entity.address}?{query}" if query else self.entity.address

    @property
    def feed(self):
        return feed_at(self.address(self.asked.changed(page=1)))


def side_of(entity, parameters):
    """Return the side of an entity that an address asks for: where it asks for none, its own words if there are any."""
    chosen = QueryDict(mutable=True)
    for name in (*FILTERS, "page"):
        chosen.setlist(name, [value for value in parameters.getlist(name) if not value.startswith("-")])
    asked = engine.Request.from_query(chosen)
    of = Side(entity, "of", asked)
    if entity.kind not in BY:
        return of
    by = Side(entity, "by", asked)
    first = by if speaks_or_asks(entity) else of
    wanted = parameters.get("said")
    said = wanted if wanted in ("by", "of") else first.said
    return Side(entity, said, asked, is_first=said == first.said)


def speaks_or_asks(entity):
    """Whether there are answers by a person, or answers that an outlet got."""
    counts = engine.facet_counts(BY[entity.kind]) or {}
    return entity.slug in counts


def entity_page(side):
    """Return the context of the page, for a side whose index is there."""
    entity, profile = side.entity, side.profile
    turns = turns_of(profile)
    return {
        **known_of(entity),
        "side": side,
        "sides": sides_of(side),
        "summary": in_words(profile.description),
        "notices": side.asked.notices,
        "profile": profile,
        "chart": chart_of(side),
        "chips": chips_of(side),
        "speakers": speakers_of(side),
        "beside": [ranking_of(side, facet) for facet in SPOKEN_OF if profile.rankings[facet].ranked],
        "answers": [(turn, *(evidence_for(turn, entity) if side.said == "of" else ("", ""))) for turn in turns],
        "interviews": Interview.objects.none() if turns else interviews_with(entity),
        "files": files_at(side.address(side.asked.changed(page=1))),
        "search_url": search_url_of(side.request, page=1),
        "range": f"Page {profile.page} of {profile.pages}" if profile.pages > 1 else "",
        **beside_page(side),
        "canonical_path": side.address(None if side.asked.choices else side.asked.changed(page=profile.page)),
    }


def beside_page(side):
    """The addresses of the pages of answers before and after this one, '' where there is none."""
    page, pages = side.profile.page, side.profile.pages
    return {
        "previous": side.address(side.asked.changed(page=page - 1)) if page > 1 else "",
        "next": side.address(side.asked.changed(page=page + 1)) if page < pages else "",
    }


def in_words(description):
    """What the answers have in common: “24 answers by Ilsa Varga”, “No answers given to Radio Meridian”."""
    return "".join(words for words, _ in description.sentence)


def known_of(entity):
    """Return what the database knows of an entity; the index is not asked."""
    return {
        "entity": entity,
        "list_url": reverse(f"interviews:{entity.kind}-list"),
        "other_names": other_names(entity),
        "offices": offices_of(entity),
    }


def turns_of(profile):
    """The turns of a page of answers, newest first; what was withdrawn since it was indexed is left out."""
    found = Turn.objects.published().for_reading().in_bulk(profile.turns)
    return [found[key] for key in profile.turns if key in found]


def evidence_for(turn, entity):
    """(sentence of the answer, sentence of the question) that speak of an entity, '' each where there is none.

    That of the question is given where the answer has none and the heading leaves it out.
    """
    said, question = sentence_about(turn, entity), turn.reply_to
    if said or question is None:
        return said, ""
    asked = sentence_about(question, entity)
    return "", "" if strip_tags(asked) in escape(shortened_question(question.text, LONGEST_HEADING)) else asked


def sides_of(side):
    """[(words, number of answers, address, is it this one?), ...] where there are two sides."""
    entity = side.entity
    if entity.kind not in BY:
        return []
    first = side.said if side.is_first else {"by": "of", "of": "by"}[side.said]
    both = [Side(entity, said, engine.Request(), is_first=said == first) for said in ("by", "of")]
    if not all(each.total for each in both):
        return []
    words = {"by": "Says" if entity.kind == "person" else "Asks", "of": "Is spoken of"}
    return [(words[each.said], each.total, each.address(), each.said == side.said) for each in both]


def chart_of(side):
    """The answers by year; a bar chooses its year, or takes the choice back."""
    counts = [(int(year), count) for year, count in side.profile.years.items()]
    return chart_of_years(
        counts,
        url_of=lambda year: side.address(toggled(side.asked, "year", str(year))),
        selected={int(year) for year in side.asked.chosen("year")},
    )


def chips_of(side):
    """[(what was chosen, the address without it), ...]"""
    return [
        (chip.words, side.address(chip.request.without_value(*side.own)))
        for chip in side.profile.description.chips
        if side.own in chip.request.choices
    ]


def speakers_of(side):
    """Who speaks of it, most answers first; each name chooses its answers, or takes the choice back."""
    ranking = side.profile.rankings.get("speaker")
    if ranking is None or not ranking.ranked:
        return None
    chosen, most = side.asked.chosen("speaker"), ranking.ranked[0].count
    rows = [
        {
            "label": ranked.named.label,
            "url": side.address(toggled(side.asked, "speaker", ranked.value)),
            "count": ranked.count,
            "share": f"{100 * ranked.count / most:.1f}",
            "selected": ranked.value in chosen,
        }
        for ranked in ranking.ranked
    ]
    return {"rows": rows, **rest_of(side, ranking)}


def ranking_of(side, facet):
    """What of one kind is spoken of in the same answers, and where all of it is listed."""
    ranking = side.profile.rankings[facet]
    return {"kind": facet, "heading": HEADINGS[facet][0], "ranked": ranking.ranked, **rest_of(side, ranking)}


def rest_of(side, ranking):
    """How many values there are, and where they are listed; '' where they are all here.

    A list counts its values as alternatives to a chosen one: those beside the entity are found by another facet.
    """
    if ranking.size == len(ranking.ranked):
        return {"size": ranking.size, "all_url": ""}
    request = side.request
    if ranking.facet == side.facet:
        request = request.without_value(*side.own).with_value("about", value_of("about", side.entity))
    return {"size": ranking.size, "all_url": all_url(request, ranking.facet)}


def toggled(asked, facet, value):
    """The search with a value chosen, or no longer where it is."""
    return asked.without_value(facet, value) if value in asked.chosen(facet) else asked.with_value(facet, value)


def other_names(entity):
    """What else the entity is called in English, or in no language: not “Libyan”, and not its name in ten others."""
    names = entity.aliases.filter(language__in=["", "en"]).exclude(kind="demonym").exclude(text=entity.name)
    return list(dict.fromkeys(names.values_list("text", flat=True)))


def offices_of(entity):
    """The offices a person held in published interviews, latest first."""
    held = Participation.objects.speaking().filter(person=entity, interview__status="published").exclude(office="")
    return list(dict.fromkeys(held.order_by("-interview__date").values_list("office", flat=True)))


def interviews_with(entity):
    """The latest interviews that a person takes part in, whatever their part."""
    taken_part_in = Participation.objects.speaking().filter(person=entity).values("interview")
    latest = Interview.objects.published().filter(pk__in=taken_part_in).newest_first()[:50]
    return Interview.objects.listed(latest)
