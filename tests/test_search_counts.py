"""Hits and counts are equal to what a brute-force count finds, for any small archive and any search."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviews.models import Interview, Turn
from interviews.search import Request, search
from interviews.search.index import drain, record_changes, reindex

from archive_factory import make_country, make_interview, mention

pytestmark = pytest.mark.django_db
WORDS = ["peace", "gas", "the", "to", "be", "or"]
COUNTRIES = {"IT": "Italy", "LY": "Libya", "KR": "Korea, Republic of"}
SPEAKERS = ["Ana Ek", "Bo Roy"]
OUTLETS = ["Post", "Le Monde, Paris", None]
DATES = ["2018-12-31", "2019-01-01", "2019-06-01", "2020-02-29"]

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
answers = st.tuples(texts, texts, st.sets(st.sampled_from(sorted(COUNTRIES))), st.booleans())
interviews = st.tuples(
    st.lists(answers, min_size=1, max_size=3),
    st.sampled_from(DATES),
    st.sampled_from(SPEAKERS),
    st.sampled_from(OUTLETS),
    st.sampled_from(["en", "ru"]),
)
leaves = st.sampled_from(WORDS).map(lambda word: ("word", word)) | st.lists(
    st.sampled_from(WORDS), min_size=2, max_size=3
).map(lambda words: ("phrase", *words))
queries = st.none() | st.recursive(
    leaves,
    lambda inner: st.tuples(st.sampled_from(["AND", "OR"]), inner, inner) | st.tuples(st.just("NOT"), inner),
    max_leaves=5,
)


def some(values):
    return st.sets(st.sampled_from(values), max_size=2).map(tuple)


requests = st.fixed_dictionaries(
    {
        "countries": some(sorted(COUNTRIES)),
        "years": some(["2018", "2019", "2020"]),
        "speakers": some(["ana-ek", "bo-roy"]),
        "outlets": some(["post", "le-monde-paris"]),
        "languages": some(["en", "ru"]),
        "since": st.none() | st.sampled_from(DATES).map(datetime.date.fromisoformat),
        "until": st.none() | st.sampled_from(DATES).map(datetime.date.fromisoformat),
    }
)
FACETS = {"country": "countries", "year": "years", "speaker": "speakers", "outlet": "outlets", "language": "languages"}


def written(query):
    """The query as a reader would type it."""
    match query:
        case None:
            return ""
        case ("word", word):
            return word
        case ("phrase", *words):
            return f'"{" ".join(words)}"'
        case ("NOT", inner):
            return f"NOT ({written(inner)})"
        case (operator, left, right):
            return f"({written(left)} {operator} {written(right)})"


def matches(query, parts):
    """Whether a document of these parts (question, answer), each a list of words, matches."""
    match query:
        case None:
            return True
        case ("word", word):
            return any(word in part for part in parts)
        case ("phrase", *words):
            return any(part[place : place + len(words)] == words for part in parts for place in range(len(part)))
        case ("NOT", inner):
            return not matches(inner, parts)
        case ("AND", left, right):
            return matches(left, parts) and matches(right, parts)
        case ("OR", left, right):
            return matches(left, parts) or matches(right, parts)


def build(archive):
    """Write the archive in three steps, so that the index has several segments and deletions. Return its facts."""
    countries = {code: make_country(code, name) for code, name in COUNTRIES.items()}
    documents = {}
    for place, (exchanges, date, speaker, outlet, language) in enumerate(archive):
        interview = make_interview(
            [(question, answer) for question, answer, _, _ in exchanges],
            date=date,
            speaker=speaker,
            outlet=outlet,
            language=language,
        )
        turns = dict(interview.turns.values_list("number", "pk"))
        for index, (question, answer, mentioned, is_withdrawn) in enumerate(exchanges, start=1):
            turn = Turn.objects.get(pk=turns[f"a{index}"])
            mention(turn, *(countries[code] for code in sorted(mentioned)))
            documents[turn.pk] = {
                "turns": [turns[f"q{index}"], turns[f"a{index}"]],
                "parts": [question.split(), answer.split()],
                "date": interview.date,
                "countries": mentioned,
                "years": {str(interview.date.year)},
                "speakers": {speaker.lower().replace(" ", "-")},
                "outlets": {outlet.lower().replace(", ", "-").replace(" ", "-")} if outlet else set(),
                "languages": {language},
                "is_withdrawn": is_withdrawn,
            }
        record_changes(turns.values())
        if place == 0:
            reindex()
    drain()
    withdrawn = [turn for document in documents.values() for turn in document["turns"] if document["is_withdrawn"]]
    Turn.objects.filter(pk__in=withdrawn).update(status="withdrawn")
    record_changes(withdrawn)
    drain()
    return {pk: document for pk, document in documents.items() if not document["is_withdrawn"]}


def expected(documents, query, request, *, without=None):
    """Keys of the documents that match everything, save for the choice of one facet."""
    return {
        pk
        for pk, document in documents.items()
        if matches(query, document["parts"])
        and (request["since"] is None or document["date"] >= request["since"])
        and (request["until"] is None or document["date"] <= request["until"])
        and all(
            not request[chosen] or set(request[chosen]) & document[chosen]
            for facet, chosen in FACETS.items()
            if facet != without
        )
    }


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    archive=st.lists(interviews, min_size=1, max_size=3),
    searches=st.lists(st.tuples(queries, requests), min_size=6, max_size=8),
)
def test_hits_and_counts_are_those_of_a_brute_force_count(archive, searches):
    Turn.objects.all().delete()
    Interview.objects.all().delete()
    documents = build(archive)
    for query, request in searches:
        choices = {facet: request[chosen] for facet, chosen in FACETS.items()}
        page = search(Request(written(query), choices, since=request["since"], until=request["until"]))
        assert {hit.turn.pk for hit in page.hits} == expected(documents, query, request)
        assert page.total == len(page.hits)
        assert page.notices == ()
        for facet in page.facets:
            remaining = expected(documents, query, request, without=facet.name)
            counted = {}
            for pk in remaining:
                for value in documents[pk][FACETS[facet.name]]:
                    counted[value] = counted.get(value, 0) + 1
            assert {value.value: value.count for value in facet.values if value.count} == counted
