import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.models import Entity
from interviews.search.engine.conditions import (
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
from interviews.search.language.query import parse
from interviews.search.language.resolving import resolve

from archive_factory import make_country, make_entity, make_interview, mention

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


def condition(text):
    resolved = resolve(parse(text))
    assert resolved.notices == ()
    return resolved.condition


def day(text):
    return datetime.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Everything()),
        ("gas", Word("gas")),
        ("gas oil gas", AllOf((Word("gas"), Word("oil")))),
        ("gas OR -oil", AnyOf((Word("gas"), Without(Word("oil"))))),
        ("US-led", Phrase(("US", "led"), is_inflected=True)),
        ('"to be"', Phrase(("to", "be"))),
        ('"sanctions"', Phrase(("sanctions",))),
        ("sanction*", Prefix("sanction")),
        ("goverment~", Similar("goverment")),
        ('gas NEAR/5 (oil OR "the sea")', Near(Word("gas"), AnyOf((Word("oil"), Phrase(("the", "sea")))), 5)),
        ("title:gas", Word("gas", Part.TITLE)),
        ('title:("gas deal" OR oil)', AnyOf((Phrase(("gas", "deal"), Part.TITLE), Word("oil", Part.TITLE)))),
        ("in:question gas -oil", AllOf((Word("gas", Part.QUESTION), Without(Word("oil", Part.QUESTION))))),
        ("in:answer gas NEAR sea*", Near(Word("gas", Part.ANSWER), Prefix("sea", Part.ANSWER), 10)),
        ("gas (in:question oil)", AllOf((Word("gas"), Word("oil", Part.QUESTION)))),
        ("in:question gas title:oil", AllOf((Word("gas", Part.QUESTION), Word("oil", Part.TITLE)))),
    ],
)
def test_words_become_conditions(text, expected):
    assert condition(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("before:2014", Between("date", last=day("2013-12-31"))),
        ("before:2014-03", Between("date", last=day("2014-02-28"))),
        ("before:2014-03-05", Between("date", last=day("2014-03-04"))),
        ("before:0001", Between("date", last=0)),
        ("after:2014", Between("last_day", first=day("2015-01-01"))),
        ("after:2014-02", Between("last_day", first=day("2014-03-01"))),
        ("after:2014-02-28", Between("last_day", first=day("2014-03-01"))),
        ("after:9999", Between("last_day", first=day("9999-12-31") + 1)),
    ],
)
def test_before_and_after_leave_out_what_they_name(text, expected):
    assert condition(text) == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("year:2019", "2019-01-01", "2019-12-31"),
        ("year:2010..2014", "2010-01-01", "2014-12-31"),
        ("year:2014..2010", "2010-01-01", "2014-12-31"),
        ("year:2010-2014", "2010-01-01", "2014-12-31"),
        ("year:2010–2014", "2010-01-01", "2014-12-31"),
        ("year:2010-02..2010-02", "2010-02-01", "2010-02-28"),
        ("year:2010..", "2010-01-01", None),
        ("year:..2014", None, "2014-12-31"),
        ("year:2019-02..2019-03-05", "2019-02-01", "2019-03-05"),
        ('year:"2019"', "2019-01-01", "2019-12-31"),
    ],
)
def test_year_takes_a_span_open_or_not(text, first, last):
    parts = Between("last_day", first=first and day(first)), Between("date", last=last and day(last))
    assert condition(text) == AllOf(parts)


@pytest.mark.parametrize(
    "text", ["before:soon", "after:2014-13", "year:2019-02-30", "year:0000", "year:1..2", "year:۲۰۱۹x"]
)
def test_what_is_no_date_matches_nothing_with_a_notice(text):
    resolved = resolve(parse(text))
    assert resolved.condition == Nothing()
    assert f"“{text.partition(':')[2]}” (character {text.index(':') + 2}) is no date" in resolved.notices[0].text


@pytest.mark.parametrize(
    "typed", ["it", "IT", "italy", "Italy", "ITALY", "Италия", "италия", '"Italian Republic"', "repubblica"]
)
def test_country_goes_by_code_name_alias_and_part_of_its_name(typed):
    italy = make_country("IT", "Italy")
    make_country("LY", "Libya")
    make_entity("person", "Italy Smith")
    for alias in ("Италия", "Italian Republic"):
        italy.aliases.create(text=alias)
    Entity.objects.filter(pk=make_entity("country", "Repubblica Italiana").pk).update(merged_into=italy)
    resolved = resolve(parse(f"country:{typed}"))
    assert (resolved.condition, resolved.notices) == (Carries("country", frozenset({"IT"})), ())
    assert list(resolved.meanings.values()) == [{"IT": "Italy"}]


@pytest.mark.parametrize("typed", ["Türkiye", "turkiye", "TÜRKIYE", "еще", "ЕЩЁ"])
def test_names_are_known_in_any_case_with_or_without_accents(typed):
    make_country("TR", "Turkey").aliases.create(text="Türkiye")
    make_entity("country", "Other", iso_code="XX").aliases.create(text="Ещё")
    assert condition(f"country:{typed}") == Carries("country", frozenset({"TR" if "k" in typed.lower() else "XX"}))


@pytest.mark.parametrize(
    "typed", ["moreau", "MOREAU", '"ilan moreau"', "ilan-moreau", '"moreau, ilan"', "i-moreau", '"I. Moreau"']
)
def test_speaker_goes_by_the_name_its_parts_and_those_before_a_merge(typed):
    survivor = make_interview(speaker="Ilan Moreau").participations.get(part="interviewee").person
    make_interview(speaker="Anna Ek")
    Entity.objects.filter(pk=make_entity("person", "I. Moreau").pk).update(merged_into=survivor)
    assert condition(f"speaker:{typed}") == Carries("speaker", frozenset({"ilan-moreau"}))


@pytest.mark.parametrize("typed", ['"Mr Roy"', '"foreign minister roy"', '"Dr. Ana Roy"', '"Roy, Minister of Trade"'])
def test_speaker_goes_by_the_name_behind_an_office_or_honorific(typed):
    make_interview(speaker="Ana Roy")
    assert condition(f"speaker:{typed}") == Carries("speaker", frozenset({"ana-roy"}))


def test_office_without_a_name_and_other_words_before_one_are_nobody():
    make_interview(speaker="Ana Roy")
    for typed in ("minister", '"the foreign minister"', '"Livia Roy"', '"sea roy"'):
        assert resolve(parse(f"speaker:{typed}")).condition == Nothing()


def test_whole_name_is_preferred_to_a_part_of_others():
    make_interview(speaker="Ek")
    make_interview(speaker="Anna Ek")
    assert condition("speaker:ek") == Carries("speaker", frozenset({"ek"}))
    assert condition("speaker:anna") == Carries("speaker", frozenset({"anna-ek"}))


def test_several_people_of_one_name_are_all_meant():
    make_interview(speaker="Anna Ek")
    make_interview(speaker="Ivo Ek")
    assert condition("speaker:ek") == Carries("speaker", frozenset({"anna-ek", "ivo-ek"}))


def test_person_of_a_draft_is_not_known():
    make_interview(speaker="Ilan Moreau", status="draft")
    resolved = resolve(parse("speaker:moreau"))
    assert resolved.condition == Nothing()
    assert "Moreau" not in str(resolved)


def test_about_takes_every_kind_of_entity():
    make_country("IT", "Sea Italy")
    council = make_entity("organisation", "Sea Council")
    council.aliases.create(text="SC", kind="acronym")
    make_entity("organisation", "Sea Office, never named")
    mention(make_interview(speaker="Sea Moreau").turns.first(), make_entity("person", "Sea Moreau"), council)
    assert condition("about:sea") == Carries(
        "about", frozenset({"country:sea-italy", "organisation:sea-council", "person:sea-moreau"})
    )
    assert condition("about:sc") == Carries("about", frozenset({"organisation:sea-council"}))


def test_values_in_brackets_are_looked_up_one_by_one():
    make_country("IT", "Italy")
    make_country("LY", "Libya")
    italy, libya = Carries("country", frozenset({"IT"})), Carries("country", frozenset({"LY"}))
    assert condition("country:(italy OR libya)") == AnyOf((italy, libya))
    assert condition("country:(italy -libya)") == AllOf((italy, Without(libya)))
    assert condition("-country:libya") == Without(libya)


@pytest.mark.parametrize("typed", ["ru", "RU", "russian", "Russian", "русский"])
def test_language_goes_by_code_and_name(typed):
    make_interview(language="ru")
    make_interview(language="tlh")
    assert condition(f"language:{typed}") == Carries("language", frozenset({"ru"}))
    assert condition("language:tlh") == Carries("language", frozenset({"tlh"}))


@pytest.mark.parametrize("typed", ["zh", "chinese", "中文"])
def test_chinese_goes_by_its_names_too(typed):
    make_interview(language="zh")
    assert resolve(parse(f"language:{typed}")).meanings["language", typed] == {"zh": "Chinese"}


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("briefing", {"briefing"}),
        ("press-conference", {"press-conference"}),
        ('"Press conference"', {"press-conference"}),
        ("press", {"press-conference", "joint-press"}),
    ],
)
def test_kind_goes_by_the_words_of_its_name(typed, kinds):
    assert condition(f"kind:{typed}") == Carries("kind", frozenset(kinds))


@pytest.mark.parametrize(
    "text", ["speaker:nobody", 'country:"atlan tis"', "about:nato", "language:xx", "kind:chat", "outlet:x"]
)
def test_name_that_leads_nowhere_matches_nothing_with_a_notice_of_what_and_where(text):
    field, _, name = text.replace('"', "").partition(":")
    resolved = resolve(parse(f"gas {text}"))
    assert resolved.condition == AllOf((Word("gas"), Nothing()))
    assert [notice.text for notice in resolved.notices] == [
        f"No {NOUNS.get(field, field)} “{name}” (character {6 + len(field)}) is known here."
    ]


def test_every_unknown_name_is_told():
    resolved = resolve(parse("speaker:(" + " OR ".join(f"nobody{number}" for number in range(60)) + ")"))
    assert [f"“nobody{number}”" in notice.text for number, notice in enumerate(resolved.notices)] == [True] * 60


def test_mask_behind_a_name_is_left_out_with_a_notice():
    make_country("LY", "Libya")
    resolved = resolve(parse("country:libya*"))
    assert resolved.condition == Carries("country", frozenset({"LY"}))
    assert resolved.notices[0].text == "Names take no * or ~: they were left out at “libya” (character 9)."


def test_names_of_a_query_are_looked_up_together(django_assert_max_num_queries):
    for number in range(20):
        make_interview(speaker=f"Anna Ek {number}")
    with django_assert_max_num_queries(4):
        condition("speaker:(" + " OR ".join(f'"anna ek {number}"' for number in range(20)) + ")")
    with django_assert_max_num_queries(6):
        resolve(parse("speaker:(" + " OR ".join(f"nobody{number}" for number in range(20)) + ")"))


NOUNS = {"about": "name", "kind": "kind of interview"}
PIECES = [
    *("speaker:", "about:", "year:", "title:", "in:question ", "kind:", "a", "ek", "2019..", '"', "(", ")", " OR "),
    *(" ", " NEAR ", "-", "*", "_", "%", "制", "\x00", "\ud800", "'", "é"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_any_query_is_resolved(text):
    assert resolve(parse(text)).condition is not None
