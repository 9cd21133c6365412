"""The façade over real Whoosh. Each row of facts that stock Haystack gets wrong has its test here."""

import datetime
import json
import shutil
import threading
import weakref

import pytest
from django.http import QueryDict

from interviews.models import Entity, Interview, Turn
from interviews.search import Request, facet_counts, page_as_json, search
from interviews.search.engine import evaluating
from interviews.search.engine.snapshot import Snapshot, current_snapshot
from interviews.search.index import generations
from interviews.search.index.upkeep import drain, record_changes, reindex
from interviews.tagging.authority import find_or_make_person

from archive_factory import make_country, make_entity, make_interview, mention

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


def found(query="", **chosen):
    """Numbers of the turns on the first page, newest first."""
    return [hit.number for hit in search(Request(query=query, sort="newest", **chosen)).hits]


def counts(page, facet):
    values = next(found for found in page.facets if found.name == facet).values
    return [(value.value, value.count) for value in values]


def said(*answers, **fields):
    """Make and index one interview with these answers."""
    interview = make_interview([("And?", answer) for answer in answers], **fields)
    reindex()
    return interview


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("US", "The US stays."),
        ("us", "The U.S. stays."),
        ("may", "It may."),
        ('"to be or not to be"', "To be, or not to be."),
        ('"to be"', "To be."),
        ("S-300", "The S‑300 was sold, the S-300 too."),
        ("cafe", "The Café."),
        ("Cavusoglu", "Mevlüt Çavuşoğlu’s visit."),
        ("OBrien", "Mr O’Brien."),
        ("O'Brien", "Mr O’Brien."),
        ("russia", "Russia’s view."),
        ("Russia's", "Russia’s view."),
        ("sanction", "Sanctions."),
        ("SANCTIONS", "One sanction."),
        ("переговорам", "Переговоры идут."),
        ("министр", "С министрами."),
        ("еще", "Ещё раз."),
        ("制裁", "中国的制裁。"),
        ('"Ilan Moreau"', "Ilan Moreau's visit."),
        ("Inde", "Les relations avec l’Inde."),
        ("l'Inde", "Les relations avec l’Inde."),
        ("Unione", "Il ruolo dell'Unione."),
        ("sea/gas", "Gas from under the sea."),
    ],
)
def test_word_is_found_however_it_is_spelt(query, text):
    said("Nothing else.", text)
    assert found(query) == ["a2"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ('"sanction"', "Sanctions."),
        ('"minister foreign"', "The foreign minister."),
        ('"foreign minister"', "Foreign and minister."),
        ('"and nothing"', "Nothing follows the question."),
        ("S-300", "The S-400 and the 300."),
        ("制裁", "裁和制"),
    ],
)
def test_phrase_means_these_words_in_a_row(query, text):
    said(text)
    assert found(query) == []


def test_title_may_hold_some_of_the_words_but_not_all():
    said("Libya is near.", "It is far.", title="Interview of Ana Roy with The Post")
    assert found("Roy Libya") == found("speaker Libya OR (Libya Roy)") == ["a1"]
    assert found("Roy") == found("Roy interview") == []
    assert found("Libya -Roy") == ["a1"]


def test_operators_mean_what_they_say():
    said("apple", "apple pear", "pear plum", "plum")
    assert set(found("apple pear")) == {"a2"}
    assert set(found("apple OR plum")) == {"a1", "a2", "a3", "a4"}
    assert set(found("pear -apple")) == {"a3"}
    assert set(found("NOT pear")) == {"a1", "a4"}
    assert set(found("-pear -plum")) == {"a1"}
    assert set(found("(apple OR plum) NOT pear")) == {"a1", "a4"}


def test_fields_narrow_by_name_code_alias_and_part_of_a_name():
    italy, korea = make_country("IT", "Italy"), make_country("KR", "Korea, Republic of")
    italy.aliases.create(text="Италия")
    first = make_interview(speaker="Ilan Moreau", outlet="Le Monde", title="A summit in Rome", date="2010-01-01")
    second = make_interview(speaker="Anna-Maria Ek", outlet="Harbour Post", language="ru", date="2014-12-31")
    mention(first.turns.get(number="a1"), italy)
    mention(second.turns.get(number="q1"), korea)
    reindex()
    urls = {hit.url: name for hit, name in zip(search(Request()).hits, ["second", "first"], strict=True)}
    expected = {
        "first": "speaker:moreau, speaker:'Ilan Moreau', outlet:'le monde', country:it, country:italy, country:Италия, "
        "year:2010, year:2009..2013, title:summits, title:'in Rome', -language:russian, speaker:(ilan OR nadia -ek)",
        "second": "speaker:anna-maria-ek, speaker:Ek, outlet:harbour, country:KR, country:'korea republic of', "
        "country:korea, year:2014, language:ru, -title:rome, NOT speaker:moreau",
    }
    for name, queries in expected.items():
        for query in queries.replace("'", '"').split(", "):
            page = search(Request(query=query))
            assert [urls[hit.url] for hit in page.hits] == [name], query


def test_initial_is_a_part_of_its_own_in_an_address():
    assert find_or_make_person(name="В.Путин").get_absolute_url() == "/people/v-putin/"


@pytest.mark.parametrize("query", ["speaker:Путин", "speaker:putin", "speaker:путин", "speaker:v-putin"])
@pytest.mark.parametrize("slug", ["v-putin", "vputin"])
def test_person_with_initials_is_found_by_the_last_name(query, slug):
    make_entity("person", "В.Путин", slug=slug)
    make_entity("person", "Raputina Ek")
    interview = make_interview(speaker=None)
    interview.participations.filter(part="interviewee").update(person=Entity.objects.get(slug=slug))
    make_interview(speaker="Raputina Ek", date="2018-01-01")
    reindex()
    assert [hit.speaker for hit in search(Request(query=query)).hits] == ["В.Путин"]


@pytest.mark.parametrize("query", ["speaker:nobody", "country:atlantis", "language:xx", "year:soon", "outlet:—x"])
def test_field_value_that_nobody_knows_finds_nothing_and_says_so(query):
    said("Yes.")
    page = search(Request(query=query))
    assert page.total == 0
    assert page.notices


def test_documents_are_answers_statements_and_unanswered_questions():
    interview = make_interview([("Answered?", "Yes."), ("Unanswered?", None)], statements=["In closing."])
    make_interview(status="draft")
    make_interview(status="withdrawn")
    interview.turns.filter(number="q2").update(courtesy=False)
    reindex()
    page = search(Request())
    assert [(hit.number, hit.question, str(hit.snippet)) for hit in page.hits] == [
        ("a1", "Answered?", "Yes."),
        ("q2", "Unanswered?", ""),
        ("s1", "", ""),
    ]


def test_question_that_got_only_a_courtesy_is_a_document():
    interview = make_interview([("What of the treaty?", "Thank you.")])
    interview.turns.filter(number="a1").update(courtesy=True)
    reindex()
    assert found() == ["q1"]


def test_outlet_is_the_one_that_asked_else_that_of_the_interview():
    interview = make_interview([("One?", "First."), ("Two?", None)], statements=["Last."], outlet="Harbour Post")
    asking = interview.participations.get(part="interviewer")
    asking.outlet = make_entity("outlet", "Radio Meridian")
    asking.save()
    make_interview([("And?", "Elsewhere.")], outlet="Harbour Post", date="2018-01-01")
    reindex()
    page = search(Request())
    assert [(hit.number, hit.outlet) for hit in page.hits] == [
        ("a1", "Radio Meridian"),
        ("q2", "Radio Meridian"),
        ("s1", "Harbour Post"),
        ("a1", "Harbour Post"),
    ]
    assert counts(page, "outlet") == [("harbour-post", 2), ("radio-meridian", 2)]
    assert found(choices={"outlet": ("radio-meridian",)}) == found("outlet:meridian") == ["a1", "q2"]


def test_outlet_that_asks_among_others_is_known_to_ask():
    meridian, post = make_entity("outlet", "Radio Meridian"), make_entity("outlet", "Harbour Post")
    make_entity("outlet", "Silent Times")
    interview = make_interview([("One?", "First."), ("Two?", None)], statements=["Last."], outlet="Harbour Post")
    interview.participations.filter(part="interviewer").update(outlet=meridian)
    make_interview(outlet="Harbour Post")
    make_interview(outlet="Silent Times", status="draft")
    assert set(Entity.objects.of_kind("outlet").asking()) == {meridian, post}
    assert Interview.objects.published().by_outlet() == {meridian.pk: 1, post.pk: 2}


def test_question_that_nobody_is_named_for_has_no_speaker():
    interview = make_interview([("Unanswered?", None)])
    reindex()
    assert [hit.speaker for hit in search(Request()).hits] == [""]
    interview.participations.filter(part="interviewer").update(person=make_entity("person", "Anna Ek"))
    reindex()
    assert [hit.speaker for hit in search(Request()).hits] == ["Anna Ek"]


def test_hit_tells_who_said_it_to_whom_when_and_about_what():
    italy, libya = make_country("IT", "Italy"), make_country("LY", "Libya")
    interview = make_interview(speaker="Ilan Moreau", outlet="Harbour Post", date="2019-12-05", slug="harbour-post")
    mention(interview.turns.get(number="q1"), libya)
    mention(interview.turns.get(number="a1"), italy)
    reindex()
    (hit,) = search(Request()).hits
    assert (hit.speaker, hit.outlet, hit.dated) == ("Ilan Moreau", "Harbour Post", "2019/12/05")
    assert [(code, named.label, named.url) for code, named in hit.countries] == [
        ("LY", "Libya", libya.get_absolute_url()),
        ("IT", "Italy", italy.get_absolute_url()),
    ]
    assert hit.url == "/interviews/2019/12/05/harbour-post/a1/"


def test_pages_of_twenty_hold_every_hit_once_and_the_last_only_the_rest():
    make_interview([("Count?", f"Number {n}.") for n in range(45)])
    reindex()
    pages = [search(Request(page=number)) for number in (1, 2, 3)]
    assert [(page.number, page.start, page.listed) for page in pages] == [(1, 0, 45), (2, 20, 45), (3, 40, 45)]
    assert [[hit.number for hit in page.hits] for page in pages] == [
        [f"a{n}" for n in range(1, 21)],
        [f"a{n}" for n in range(21, 41)],
        [f"a{n}" for n in range(41, 46)],
    ]


@pytest.mark.parametrize(("answers", "notice"), [(45, "only 3 pages"), (5, "only one page"), (0, "only one page")])
def test_page_past_the_end_is_the_last_with_a_notice(answers, notice):
    said(*(f"Number {n}." for n in range(answers)))
    page = search(Request(page=10**9))
    assert (page.number, len(page.hits)) == (answers // 20 + 1, answers % 20)
    assert notice in page.notices[0]


def test_results_are_sorted_by_date_and_within_an_interview_in_its_order():
    for date in ("2010-05-01", "2020-05-01", "2015-05-01"):
        make_interview([("One?", "Peace."), ("Two?", "Peace and peace.")], date=date)
    reindex()
    newest = [(hit.dated[:4], hit.number) for hit in search(Request(query="peace", sort="newest")).hits]
    oldest = [(hit.dated[:4], hit.number) for hit in search(Request(query="peace", sort="oldest")).hits]
    assert newest == [(year, number) for year in ("2020", "2015", "2010") for number in ("a1", "a2")]
    assert oldest == [(year, number) for year in ("2010", "2015", "2020") for number in ("a1", "a2")]


def test_best_match_comes_first_and_equal_ones_newest_first():
    said("Peace.", date="2010-01-01")
    said("Peace.", date="2020-01-01")
    said("Of many other things, and at great length, and once of peace.", date="2024-01-01")
    assert [hit.dated[:4] for hit in search(Request(query="peace")).hits] == ["2020", "2010", "2024"]


def test_dates_and_years_narrow_together():
    for date in ("2018-12-31", "2019-01-01", "2019-12-31", "2020-01-01"):
        make_interview(date=date)
    reindex()
    whole_year = {"since": datetime.date(2019, 1, 1), "until": datetime.date(2019, 12, 31)}
    assert [hit.dated for hit in search(Request(**whole_year)).hits] == ["2019/12/31", "2019/01/01"]
    assert search(Request(**whole_year, choices={"year": ("2020",)})).total == 0
    assert search(Request(until=datetime.date.max)).total == 4
    assert search(Request(since=datetime.date.min)).total == 4


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2019-06-15", None, ["2019", "2019/06"]),
        ("2019-07-01", None, ["2019"]),
        ("2020-01-01", None, []),
        (None, "2019-06-15", ["2019", "2019/06"]),
        (None, "2019-05-31", ["2019"]),
        (None, "2018-12-31", []),
        ("2019-06-10", "2019-06-20", ["2019", "2019/06"]),
    ],
)
def test_date_known_in_part_matches_every_day_that_it_may_be(since, until, expected):
    make_interview(date="2019-06-01", date_precision="month")
    make_interview(date="2019-01-01", date_precision="year")
    reindex()
    since, until = (text and datetime.date.fromisoformat(text) for text in (since, until))
    hits = search(Request(since=since, until=until, sort="oldest")).hits
    assert [hit.dated for hit in hits] == expected


def test_facets_count_slugs_and_codes_and_show_names():
    korea, italy = make_country("KR", "Korea, Republic of"), make_country("IT", "Italy")
    make_entity("person", "To Not", slug="to")
    first = make_interview(speaker="Dr. Running Rivers", outlet="Le Monde, Paris", language="xx", date="2010-01-01")
    second = make_interview([("And?", "One."), ("And?", "Two.")], speaker="To", outlet=None, date="2020-01-01")
    mention(first.turns.get(number="a1"), korea, italy)
    mention(second.turns.get(number="a1"), korea)
    reindex()
    page = search(Request())
    shown = {facet.name: [(v.value, v.label, v.count) for v in facet.values] for facet in page.facets if facet.values}
    assert shown == {
        "country": [("KR", "Korea, Republic of", 2), ("IT", "Italy", 1)],
        "year": [("2020", "2020", 2), ("2010", "2010", 1)],
        "speaker": [("to", "To Not", 2), ("dr-running-rivers", "Dr. Running Rivers", 1)],
        "outlet": [("le-monde-paris", "Le Monde, Paris", 1)],
        "language": [("en", "English", 2), ("xx", "xx", 1)],
        "kind": [("interview", "Interview", 3)],
        "length": [("short", "under 100 words", 3)],
    }
    assert found(choices={"country": ("KR",), "speaker": ("to",)}) == ["a1"]


def test_values_of_one_facet_are_alternatives_and_its_counts_ignore_the_choice():
    italy, libya, mali = make_country("IT", "Italy"), make_country("LY", "Libya"), make_country("ML", "Mali")
    interview = make_interview([("And?", "One."), ("And?", "Two."), ("And?", "Three.")], date="2019-01-01")
    other = make_interview(date="2020-01-01", speaker="Anna Ek")
    for turn, countries in {"a1": (italy,), "a2": (libya,), "a3": (mali, italy)}.items():
        mention(interview.turns.get(number=turn), *countries)
    mention(other.turns.get(number="a1"), libya)
    reindex()
    page = search(Request(choices={"country": ("IT", "LY"), "year": ("2019",)}))
    assert page.total == 3
    assert counts(page, "country") == [("IT", 2), ("LY", 1), ("ML", 1)]
    assert counts(page, "year") == [("2020", 1), ("2019", 3)]
    assert counts(page, "speaker") == [("ilan-moreau", 3)]


def test_chosen_value_stays_even_where_nothing_has_it():
    make_country("IT", "Italy")
    said("Yes.")
    page = search(Request(query="absent", choices={"country": ("IT",), "year": ("1999",)}))
    assert page.total == 0
    assert counts(page, "country") == [("IT", 0)]
    assert counts(page, "year") == [("1999", 0)]


def test_one_page_is_one_search(monkeypatch):
    said("Yes.", "No.")
    searches = []
    monkeypatch.setattr(
        Snapshot, "find", lambda *args, find=Snapshot.find, **kwargs: searches.append(1) or find(*args, **kwargs)
    )
    search(Request(query="yes", choices={"country": ("IT",), "year": ("2019",)}))
    search(Request())
    assert len(searches) == 2


def test_empty_query_scores_nothing(monkeypatch):
    said("Yes.")
    monkeypatch.setattr(evaluating, "scores_of", None)
    assert search(Request(choices={"year": ("2019",)})).total == 1


def test_number_of_queries_does_not_grow_with_the_hits(django_assert_max_num_queries):
    countries = [make_country("IT", "Italy"), make_country("LY", "Libya")]
    for number in range(20):
        interview = make_interview(speaker=f"Speaker {number}", outlet=f"Outlet {number}")
        mention(interview.turns.get(number="a1"), *countries)
        mention(interview.turns.get(number="q1"), *countries)
    reindex()
    with django_assert_max_num_queries(2):
        page = search(Request())
    assert len(page.hits) == 20
    assert all(len(hit.countries) == 2 for hit in page.hits)
    with django_assert_max_num_queries(3):
        page = search(Request.from_query(QueryDict("q=yes&country=LY&country=-IT&speaker=ilan-moreau&year=2019")))
    assert page.request.chosen("country") == ("LY",)


def test_hit_that_was_withdrawn_since_is_passed_over():
    interview = said("Yes.", "No.")
    interview.turns.filter(number="a1").update(status="withdrawn")
    assert found() == ["a2"]


def test_hit_that_is_withdrawn_between_two_searches_is_passed_over():
    interview = said("Yes.", "No.")
    assert found() == ["a1", "a2"]
    interview.turns.filter(number="a1").update(status="withdrawn")
    assert found() == ["a2"]


def test_hits_of_an_interview_that_is_withdrawn_between_two_searches_are_passed_over_until_it_is_back():
    interview = said("Yes.", "No.")
    shown = []
    for status in ("published", "withdrawn", "published"):
        Interview.objects.filter(pk=interview.pk).update(status=status)
        shown.append(found())
    assert shown == [["a1", "a2"], [], ["a1", "a2"]]


def test_search_asked_again_is_answered_with_the_page_that_was_made_before():
    said("Yes.", speaker="Ilan Moreau", outlet="Harbour Post")
    assert search(Request(query="yes")) is search(Request(query="yes"))


def test_each_search_marks_its_own_words_in_the_same_answer():
    said("Gas and oil.")
    snippets = [search(Request(query=query)).hits[0].snippet for query in ("gas", "oil", "gas oil", "", "gas")]
    gas, oil, both, neither, again = snippets
    assert (gas, oil) == ("<mark>Gas</mark> and oil.", "Gas and <mark>oil</mark>.")
    assert both == "<mark>Gas</mark> and <mark>oil</mark>."
    assert (neither, again) == ("Gas and oil.", gas)


def test_words_that_most_answers_have_are_marked_only_where_no_rarer_one_matches():
    said("We speak of herring.", "We speak of gulls.", "We speak.", "They sing.")
    first, *_ = search(Request(query="we speak herring")).hits
    assert (first.snippet, first.match_count) == ("We speak of <mark>herring</mark>.", 3)
    of_either = search(Request(query="speak OR herring", sort="oldest")).hits
    assert [hit.snippet for hit in of_either] == [
        "We speak of <mark>herring</mark>.",
        "We <mark>speak</mark> of gulls.",
        "We <mark>speak</mark>.",
    ]


def test_passage_with_a_rare_word_is_shown_rather_than_one_with_two_frequent_words():
    filler = "The delegation arrived and was received at the town hall with music. " * 20
    pairs = ("Trade and tax.", "Wind and rain.", "Bread and wine.")
    said(filler.join([*pairs, "On herring.", ""]), *pairs * 8, *["No."] * 20)
    (hit,) = search(Request(query="trade tax wind rain bread wine herring")).hits
    assert "<mark>herring</mark>" in hit.snippet


def test_same_search_shows_the_new_text_of_an_answer():
    interview = said("Gas and oil.")
    assert [hit.match_count for hit in search(Request(query="gas")).hits] == [1]
    interview.turns.filter(number="a1").update(text="Gas, more gas.")
    record_changes(interview.turns.values_list("pk", flat=True))
    drain()
    assert [(hit.snippet, hit.match_count) for hit in search(Request(query="gas")).hits] == [
        ("<mark>Gas</mark>, more <mark>gas</mark>.", 2)
    ]


def test_json_has_the_promised_form():
    libya = make_country("LY", "Libya")
    interview = make_interview(
        [("Any talks?", "Talks <b>come</b>.")], date="2019-12-01", date_precision="month", slug="harbour-post"
    )
    mention(interview.turns.get(number="a1"), libya)
    reindex()
    data = json.loads(json.dumps(page_as_json(search(Request(query="come", choices={"country": ("LY",)})))))
    of_one = {"count": 1, "excluded": False}
    assert data == {
        "total": 1,
        "listed": 1,
        "complete": True,
        "page": 1,
        "start": 0,
        "before": "",
        "after": "",
        "notices": [],
        "hits": [
            {
                "url": "/interviews/2019/12/harbour-post/a1/",
                "kind": "answer",
                "language": "en",
                "question": "Any talks?",
                "snippet": "Talks &lt;b&gt;<mark>come</mark>&lt;/b&gt;.",
                "title": None,
                "matches": 1,
                "speaker": "Ilan Moreau",
                "outlet": "Harbour Post",
                "date": "2019-12",
                "countries": ["LY"],
                "more": 0,
            }
        ],
        "facets": {
            "country": [{"value": "LY", "label": "Libya", "selected": True} | of_one],
            "year": [{"value": "2019", "label": "2019", "selected": False} | of_one],
            "month": [],
            "speaker": [{"value": "ilan-moreau", "label": "Ilan Moreau", "selected": False} | of_one],
            "outlet": [{"value": "harbour-post", "label": "Harbour Post", "selected": False} | of_one],
            **{f"{whose}_country": [] for whose in ("outlet", "speaker", "interview")},
            **{kind: [] for kind in ("person", "organisation", "place", "document", "event")},
            "language": [{"value": "en", "label": "English", "selected": False} | of_one],
            "kind": [{"value": "interview", "label": "Interview", "selected": False} | of_one],
            "length": [{"value": "short", "label": "under 100 words", "selected": False} | of_one],
        },
    }


def test_present_names_are_shown_though_the_index_knows_former_ones():
    said("Yes.", outlet="Harbour Post", speaker="Ilan Moreau")
    Entity.objects.filter(slug="harbour-post").update(name="The Harbour Post")
    Entity.objects.filter(slug="ilan-moreau").update(name="Ilan Moreau-Ek")
    (hit,) = search(Request(query="yes")).hits
    assert (hit.speaker, hit.outlet) == ("Ilan Moreau-Ek", "The Harbour Post")


def test_renamed_speaker_and_country_show_at_once_in_a_search_that_was_asked_before():
    libya = make_country("LY", "Libya")
    interview = said("Yes.", speaker="Ilan Moreau")
    mention(interview.turns.get(number="a1"), libya)
    reindex()
    search(Request(query="yes"))
    Entity.objects.filter(slug="ilan-moreau").update(name="Ilan Moreau-Ek")
    Entity.objects.filter(pk=libya.pk).update(name="State of Libya")
    page = search(Request(query="yes"))
    (hit,) = page.hits
    assert (hit.speaker, [named.label for _, named in hit.countries]) == ("Ilan Moreau-Ek", ["State of Libya"])
    assert {value.label for facet in page.facets for value in facet.values} >= {"Ilan Moreau-Ek", "State of Libya"}


def test_hit_of_whom_nobody_is_named_borrows_no_name_of_another():
    make_interview([("And?", "Yes.")], date="2020-01-01", speaker=None, outlet=None)
    make_interview([("And?", "Yes.")])
    reindex()
    hits = search(Request(query="yes")).hits
    assert [(hit.speaker, hit.outlet) for hit in hits] == [("Question", ""), ("Ilan Moreau", "Harbour Post")]


HOSTILE = [
    "*",
    '"',
    "AND OR",
    "(((",
    ")",
    "a*",
    "*a",
    "*:*",
    "[a TO z]",
    "django_ct:interviews.turn",
    "id:1",
    "date:foo",
    "title:*",
    'speaker:"',
    "year:99999",
    "year:2014..2010",
    "\x00",
    "li\x00bya",
    "\ud800",
    "speaker:\x00",
    "country:\ud800x",
    "<script>alert(1)</script>",
    "a" * 10_000,
    "word " * 2_000,
    '"' + "word " * 200 + '"',
    "a OR " * 1_000,
    "(" * 1_000 + "a" + ")" * 1_000,
    "NOT " * 500 + "a",
    "-" * 1_000,
    "\u202eabc",
    "🙂",
    "%",
    "' OR 1=1 --",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_gives_a_page(text):
    said("Whatever word a reader types.")
    parameters = QueryDict(mutable=True)
    for name in ("q", "country", "year", "from", "to", "speaker", "outlet", "language", "sort", "page"):
        parameters[name] = text
    page = search(Request.from_query(parameters))
    assert page.total in (0, 1)
    assert page.request.page == 1
    assert search(Request(query=text)).total in (0, 1)


def test_missing_index_gives_an_empty_page_that_says_so():
    make_interview()
    page = search(Request(query="talks", choices={"year": ("2019",)}, page=3))
    assert (page.is_available, page.total, page.hits) == (False, 0, ())
    assert facet_counts("country") is None
    assert "no search index yet" in page.notices[0]


def test_empty_index_gives_an_empty_page():
    reindex()
    page = search(Request(query="talks"))
    assert (page.is_available, page.total, page.hits, page.notices) == (True, 0, (), ())
    assert facet_counts("country") == {}
    assert {facet.values for facet in page.facets} == {()}


def test_searching_writes_nothing(settings):
    said("Yes.")
    folder = settings.ARCHIVE_DATA / "index"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    search(Request(query="yes"))
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_snapshot_is_shared_by_threads_until_something_is_committed():
    said("Yes.")
    snapshot = current_snapshot()
    assert current_snapshot() is snapshot
    others = []
    thread = threading.Thread(target=lambda: others.append(current_snapshot()))
    thread.start()
    thread.join()
    assert others[0] is snapshot
    reindex()
    assert current_snapshot() is not snapshot


def test_index_that_was_removed_and_built_anew_is_not_taken_for_the_former(settings):
    said("Yes.")
    assert found("yes") == ["a1"]
    shutil.rmtree(settings.ARCHIVE_DATA / "index")
    said("Yes, yes.")
    assert len(found("yes")) == 2


def test_segment_that_a_commit_leaves_is_not_read_again():
    first = said("Yes.", "No.")
    (segment,) = current_snapshot().segments
    record_changes([first.turns.get(number="a1").pk])
    drain()
    assert current_snapshot().segments[0] is segment
    assert len(current_snapshot().segments) == 2


def test_former_snapshot_is_freed_when_no_search_uses_it():
    said("Yes.")
    search(Request(query="yes"))
    former = weakref.ref(current_snapshot())
    reindex()
    search(Request(query="yes"))
    assert former() is None


def test_file_that_a_commit_takes_away_while_it_is_opened_is_looked_for_again(monkeypatch):
    said("Yes.")
    missing = [FileNotFoundError]

    def read_when_it_is_there(*args, read_state=generations.read_state):
        if missing:
            raise missing.pop()
        return read_state(*args)

    monkeypatch.setattr(generations, "read_state", read_when_it_is_there)
    assert found("yes") == ["a1"]
    assert not missing


def test_haystack_updates_and_removes_single_documents():
    from interviews.search_indexes import TurnIndex

    interview = said("Yes.", "No.")
    turn = interview.turns.get(number="a1")
    Turn.objects.filter(pk=turn.pk).update(text="Perhaps.")
    TurnIndex().update_object(interview.turns.get(number="a1"))
    assert found("perhaps") == ["a1"]
    TurnIndex().remove_object(turn)
    assert found() == ["a2"]
