"""Hits, their order and all counts are those of a brute-force search, for any small archive and whatever is asked."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviews.models import Interview, Turn
from interviews.search import stretches
from interviews.search.conditions import (
    AllOf,
    AnyOf,
    Between,
    Carries,
    Everything,
    Near,
    Nothing,
    Part,
    Phrase,
    Prefix,
    Similar,
    Without,
    Word,
)
from interviews.search.documents import last_day_of
from interviews.search.found import Asked
from interviews.search.index import drain, record_changes, reindex
from interviews.search.ranking import ORDERS, Place
from interviews.search.schema import FACETS
from interviews.search.snapshot import current_snapshot

from archive_factory import make_country, make_entity, make_interview, mention
from brute_force import asked_for, document, score, value_counts

pytestmark = pytest.mark.django_db
SAID = [
    "the", "to", "be", "minister", "Ministers", "ministre", "talk", "talks", "talking", "S-300", "U.S.", "élections",
    "Russia’s", "министр", "министрами", "переговоры", "переговорам", "制裁", "制", "裁",
]  # fmt: skip
COUNTRIES = {"IT": "Italy", "LY": "Libya", "KR": "Korea, Republic of"}
SPEAKERS = {"Ana Ek": "ana-ek", "Bo Roy": "bo-roy"}
OUTLETS = {"Post": ("post", "IT"), "Le Monde, Paris": ("le-monde-paris", "LY"), "Wire": ("wire", None)}
DATES = ["2018-12-01", "2019-01-01", "2019-06-01", "2020-02-29"]
PRECISIONS = ["day", "month", "year"]
KINDS = ["interview", "briefing"]
LANGUAGES = ["en", "ru", "fr", "zh", ""]

# Few different words in one archive, so that they meet.
vocabulary = st.shared(st.lists(st.sampled_from(SAID), min_size=2, max_size=4, unique=True), key="vocabulary")
said = vocabulary.flatmap(st.sampled_from)
texts = st.lists(said, min_size=1, max_size=7).map(" ".join)
long_texts = texts.map(lambda text: " ".join([text] * 60))
exchanges = st.tuples(texts, texts | long_texts, st.sets(st.sampled_from(sorted(COUNTRIES))), st.booleans())
interviews = st.fixed_dictionaries(
    {
        "exchanges": st.lists(exchanges, min_size=1, max_size=3),
        "title": texts,
        "date": st.sampled_from(DATES),
        "date_precision": st.sampled_from(PRECISIONS),
        "speaker": st.sampled_from(sorted(SPEAKERS)),
        "outlet": st.none() | st.sampled_from(sorted(OUTLETS)),
        "kind": st.sampled_from(KINDS),
        "language": st.sampled_from(LANGUAGES),
    }
)

parts = st.sampled_from(Part)
words = said.map(lambda word: "S" if word == "S-300" else word[:1] if word == "制裁" else word)
phrases = st.builds(Phrase, st.lists(words, min_size=1, max_size=3).map(tuple), parts, is_inflected=st.booleans())
beginnings = st.builds(Prefix, words.map(lambda word: word[:3]) | st.just("xyz"), parts)


def mistyped(word, place, how):
    """The word with a letter more, one less, another, or two exchanged."""
    before, after = word[: place % len(word)], word[place % len(word) :]
    return {
        "more": f"{before}e{after}",
        "less": before + after[1:] or word,
        "other": f"{before}у{after[1:]}",
        "exchanged": before + after[1:2] + after[:1] + after[2:],
        "far": f"{before}zz{after}",
    }[how]


slips = st.sampled_from(["more", "less", "other", "exchanged", "far"])
similar = st.builds(Similar, st.builds(mistyped, words.filter(str.isalpha), st.integers(0, 9), slips), parts)
single = st.builds(Word, words | st.just("absent"), parts)


def sides(part):
    """What may stand on one side of NEAR: all in one part."""
    leaves = st.one_of(single, phrases, beginnings, similar).map(lambda leaf: replace_part(leaf, part))
    return leaves | st.lists(leaves, min_size=1, max_size=2).map(lambda found: AnyOf(tuple(found)))


def replace_part(leaf, part):
    return Phrase(leaf.words, part, leaf.is_inflected) if isinstance(leaf, Phrase) else type(leaf)(leaf.text, part)


near = parts.flatmap(lambda part: st.builds(Near, sides(part), sides(part), st.integers(1, 4)))
VALUES = {
    "country": sorted(COUNTRIES),
    "about": ["country:italy", "country:libya", "country:nowhere"],
    "speaker": sorted(SPEAKERS.values()),
    "outlet": [slug for slug, _ in OUTLETS.values()],
    "outlet_country": ["IT", "LY"],
    "year": ["2018", "2019", "2021"],
    "month": ["2018-12", "2019-01"],
    "kind": KINDS,
    "language": LANGUAGES[:3],
    "length": ["short", "medium", "long"],
}
choices = st.sampled_from(sorted(VALUES)).flatmap(
    lambda facet: st.tuples(st.just(facet), st.frozensets(st.sampled_from(VALUES[facet]), min_size=1, max_size=2))
)
days = st.sampled_from(DATES).map(datetime.date.fromisoformat)
spans = st.builds(Between, st.sampled_from(["date", "last_day"]), *[st.none() | days.map(datetime.date.toordinal)] * 2)
filters = choices.map(lambda choice: Carries(*choice)) | spans | st.builds(Between, st.just("answer_words"), st.just(3))
everything_or_nothing = st.sampled_from([Everything(), Nothing()])
conditions = st.recursive(
    st.one_of(
        single, phrases, phrases, beginnings, similar, near, near, filters, st.sampled_from([Everything(), Nothing()])
    ),
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Without, inner),
    ),
    max_leaves=4,
)
questions = st.builds(Asked, condition=conditions) | st.builds(
    Asked,
    condition=conditions,
    chosen=st.lists(choices, max_size=2).map(dict),
    excluded=st.lists(choices, max_size=1).map(dict),
    since=st.none() | days,
    until=st.none() | days,
    order=st.sampled_from(ORDERS),
)


def build(archive):
    """Write the archive in steps, so that the index has several segments and deletions -> {turn: document}."""
    countries = {code: make_country(code, name) for code, name in COUNTRIES.items()}
    for name, (slug, country) in OUTLETS.items():
        make_entity("outlet", name, slug=slug)
        Interview.outlet.field.related_model.objects.filter(slug=slug).update(country=countries.get(country))
    documents, gone = {}, []
    for place, facts in enumerate(archive):
        made = make_interview([exchange[:2] for exchange in facts["exchanges"]], **without(facts, "exchanges"))
        turns = dict(made.turns.values_list("number", "pk"))
        for index, (_, _, mentioned, is_withdrawn) in enumerate(facts["exchanges"], start=1):
            turn = Turn.objects.select_related("reply_to", "interview").get(pk=turns[f"a{index}"])
            mention(turn, *(countries[code] for code in sorted(mentioned)))
            documents[turn.pk] = as_brute_force_sees(turn, facts, mentioned)
            gone += [turn.pk, turns[f"q{index}"]] if is_withdrawn else []
        record_changes(turns.values())
        if place == 0:
            reindex()
    drain()
    Turn.objects.filter(pk__in=gone).update(status="withdrawn")
    record_changes(gone)
    drain()
    return {pk: found for pk, found in documents.items() if pk not in gone}


def without(facts, *names):
    return {name: value for name, value in facts.items() if name not in names}


def as_brute_force_sees(turn, facts, mentioned):
    interview = turn.interview
    slug, country = OUTLETS.get(facts["outlet"], (None, None))
    count = len(document("", {"answer": turn.text}, {}, {}).texts["answer"])
    values = {
        "country": mentioned,
        "about": {f"country:{make_country(code, COUNTRIES[code]).slug}" for code in mentioned},
        "interview": {f"{interview.dated}/{interview.slug}"},
        "speaker": {SPEAKERS[facts["speaker"]]},
        "outlet": {slug} - {None},
        "outlet_country": {country} - {None},
        "year": {facts["date"][:4]},
        "month": {facts["date"][:7]} if facts["date_precision"] != "year" else set(),
        "kind": {facts["kind"]},
        "language": {facts["language"]} - {""},
        "length": {"short" if count < 100 else "medium" if count < 300 else "long"},
    }
    numbers = {
        "date": interview.date.toordinal(),
        "last_day": last_day_of(interview).toordinal(),
        "interview": interview.pk,
        "position": turn.position,
    }
    said = {"question": turn.reply_to.text, "answer": turn.text, "title": interview.title}
    return document(facts["language"], said, values, numbers)


def place_of(found, order, value):
    """By what a document is sorted: its score or length, then its day, interview and position."""
    numbers = found.numbers
    first = {"relevance": -value, "longest": -numbers["answer_words"]}.get(order, 0)
    return first, numbers["date"] * (1 if order == "oldest" else -1), numbers["interview"], numbers["position"]


def turns_of(found, documents):
    return found.snapshot.numbers("turn")[documents].tolist()


def walked(found, *, is_folded, backwards):
    """All hits as one sees them who goes from page to page by what leads to the next."""
    seen = []
    page = found.page(2, is_folded=is_folded)
    if backwards:
        total = found.count_of_interviews() if is_folded else found.total
        page = found.page(2, number=(total + 1) // 2, is_folded=is_folded)
    while page:
        hits = page.documents.tolist()
        seen = [*hits, *seen] if backwards else [*seen, *hits]
        place = page.before if backwards else page.after
        leads_to = {"before" if backwards else "after": place and Place.read(str(place))}
        page = place and found.page(2, is_folded=is_folded, **leads_to)
    return seen


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(archive=st.lists(interviews, min_size=1, max_size=3), searches=st.lists(questions, min_size=30, max_size=40))
def test_hits_order_and_counts_are_those_of_a_brute_force_search(archive, searches, monkeypatch):
    monkeypatch.setattr(stretches, "STRETCH", 2)
    Turn.objects.all().delete()
    Interview.objects.all().delete()
    documents = build(archive)
    living = list(documents.values())
    for asked in searches:
        found = current_snapshot().find(asked)
        turns = turns_of(found, found.documents)
        scores = dict(zip(turns, found.scores.tolist(), strict=True))
        expected = {pk for pk, each in documents.items() if asked_for(asked, each)}
        assert set(turns) == expected
        assert found.total == len(turns) == len(expected)
        assert scores == pytest.approx({pk: score(asked.condition, documents[pk], living) for pk in turns}, rel=1e-4)
        assert turns == sorted(turns, key=lambda pk: place_of(documents[pk], asked.order, scores[pk]))
        for facet in FACETS:
            assert found.counts(facet) == value_counts(facet, asked, living)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(archive=st.lists(interviews, min_size=2, max_size=3), order=st.sampled_from(ORDERS))
def test_pages_walk_all_hits_once_in_order_both_ways(archive, order):
    Turn.objects.all().delete()
    Interview.objects.all().delete()
    documents = build(archive)
    found = current_snapshot().find(Asked(AnyOf((Word("the"), Word("talk"), Without(Word("be")))), order=order))
    hits = found.documents.tolist()
    firsts = {}
    for hit, turn in zip(hits, turns_of(found, found.documents), strict=True):
        firsts.setdefault(documents[turn].numbers["interview"], hit)
    for backwards in (False, True):
        assert walked(found, is_folded=False, backwards=backwards) == hits
        assert walked(found, is_folded=True, backwards=backwards) == list(firsts.values())
    folded = found.page(100, is_folded=True)
    assert folded.others.sum() == len(hits) - len(firsts)
