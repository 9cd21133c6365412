"""Entities, their other names and rules taken out as tables and brought in again, all of a table or nothing."""

import csv
import io
import json
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from interviews.models import Alias, Curation, Entity, FormerAddress, IndexChange, Mention, Rule, Sought
from interviews.tagging import retagging, sheets
from interviews.tagging.curate import AlreadyUndoneError, undo
from interviews.tagging.editing import edit
from interviews.tagging.exporting import exported
from interviews.tagging.importing import ImportRefusedError, bring_in
from interviews.tagging.link import load_authority
from interviews.tagging.merging import merge
from interviews.tagging.planning import plan
from interviews.tagging.registry import COLUMNS
from interviews.tagging.retagging import retag_waiting
from interviews.tagging.seeking import interviews_with
from interviews.tagging.sheets import RULE_COLUMNS, as_csv, as_json, read_sheet

from archive_factory import forget_the_data_files, make_country, make_entity, make_interview

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]
HOSTILE = "<script>alert('Norway')</script>"


@pytest.fixture
def norway():
    return make_country("NO", "Norway")


@pytest.fixture
def folder(tmp_path):
    """A folder for tables, and a function that writes one of some rows, by column."""

    def write(*rows, columns=COLUMNS, name="table.csv"):
        path = tmp_path / name
        path.write_text(table(*rows, columns=columns), encoding="utf-8")
        return path

    return write


def table(*rows, columns=COLUMNS):
    return as_csv(columns, [dict.fromkeys(columns, "") | row for row in rows])


def sheet_of(*rows, columns=COLUMNS):
    return read_sheet(io.BytesIO(table(*rows, columns=columns).encode()))


def person(**cells):
    return {"kind": "person", "name": "Ana Velt", "slug": "ana-velt"} | cells


def rule(**cells):
    return {"surface": "the Envoy", "verdict": "confirm", "entity": "person:ana-velt"} | cells


def bring(*rows, columns=COLUMNS, **how):
    return bring_in(sheet_of(*rows, columns=columns), by=None, reason="from table.csv", **how)


def problems(*rows, columns=COLUMNS):
    """Return what is wrong with a table, which changes nothing."""
    before = state()
    with pytest.raises(ImportRefusedError) as refused:
        bring(*rows, columns=columns)
    assert state() == before
    return " ".join(f"{place}: {mend}" for place, mend in refused.value.plan.problems)


def refusal(data):
    with pytest.raises(sheets.SheetError) as error:
        read_sheet(io.BytesIO(data))
    return str(error.value)


def state():
    entities = Entity.objects.order_by("pk").values("kind", "name", "slug", "wikidata", "country", "note", "verified")
    aliases = Alias.objects.order_by("pk").values_list("entity", "text", "language", "kind")
    return list(entities), list(aliases), list(Rule.objects.values_list()), Curation.objects.count()


def names_of(entity):
    return set(entity.aliases.values_list("language", "text"))


def test_row_makes_an_entity_that_somebody_vouches_for(norway):
    bring(person(wikidata="Q77", country="NO", aliases="A. Velt; ru:Ана Вельт; AVX", note="Envoy of the lighthouses."))
    entity = Entity.objects.get(kind="person")
    assert (entity.name, entity.slug, entity.wikidata, entity.country) == ("Ana Velt", "ana-velt", "Q77", norway)
    assert (entity.note, entity.verified) == ("Envoy of the lighthouses.", True)
    assert names_of(entity) == {("en", "A. Velt"), ("ru", "Ана Вельт"), ("en", "AVX")}
    assert set(entity.aliases.values_list("origin", flat=True)) == {"curator"}
    assert entity.aliases.get(text="AVX").kind == "acronym"


def test_row_without_slug_is_given_one_or_means_the_entity_of_that_name():
    make_entity("person", "Ana Velt")
    bring(person(slug="", note="Envoy."), person(name="Ilan Moreau", slug=""))
    assert Entity.objects.get(slug="ana-velt").note == "Envoy."
    assert Entity.objects.get(slug="ilan-moreau").name == "Ilan Moreau"


def test_empty_cells_take_nothing_away(norway):
    bring(person(wikidata="Q77", country="NO", aliases="A. Velt", note="Envoy."))
    before = state()
    bring(person())
    assert state() == before


def test_changed_name_is_told_and_the_former_goes_on_meaning_the_entity():
    bring(person())
    planned = bring(person(name="Anna Velt", aliases="A. Velt"))
    assert [str(change) for change in planned.changed] == ["name: Anna Velt, was Ana Velt; also called A. Velt"]
    entity = Entity.objects.get()
    assert (entity.name, entity.slug) == ("Anna Velt", "ana-velt")
    assert names_of(entity) == {("en", "A. Velt"), ("", "Ana Velt")}


def test_rows_that_are_there_already_are_left():
    bring(person(aliases="A. Velt"))
    planned = plan(sheet_of(person(aliases="A. Velt"), person(name="Ilan Moreau", slug="")))
    assert (planned.rows, len(planned.new), len(planned.changed), planned.left) == (2, 1, 0, 1)


def test_every_entity_has_the_import_in_its_history(admin_user):
    bring_in(sheet_of(person()), by=admin_user, reason="from table.csv")
    bring_in(sheet_of(person(note="Envoy.")), by=admin_user, reason="from other.csv")
    entity = Entity.objects.get()
    acts = entity.curations.order_by("pk").values_list("act", "by", "reason", "detail__changed")
    assert list(acts) == [
        ("import", admin_user.pk, "from table.csv", []),
        ("import", admin_user.pk, "from other.csv", ["note: Envoy."]),
    ]


def test_import_is_undone_but_for_what_somebody_changed_since(norway, admin_user):
    bring(person(note="Envoy."))
    bring(person(name="Anna Velt", note="Envoy of the lighthouses.", country="NO", aliases="A. Velt"))
    entity = Entity.objects.get(kind="person")
    entity.note = "Minister."
    entity.save()
    undo(entity.curations.first(), by=admin_user)
    entity.refresh_from_db()
    assert (entity.name, entity.country, entity.note) == ("Ana Velt", None, "Minister.")
    assert names_of(entity) == set()


def test_what_an_import_made_is_gone_when_it_is_undone(admin_user):
    bring(person())
    undo(Curation.objects.get(), by=admin_user)
    assert not Entity.objects.exists()
    assert FormerAddress.objects.filter(path="/people/ana-velt/").exists()


LEAGUE = {"kind": "organisation", "name": "Harbour League", "slug": "harbour-league"}


def whole_import():
    return Curation.objects.get(act="import", detail__has_key="rules")


def test_whole_import_is_undone_at_once(norway, admin_user):
    bring(person(note="Envoy."))
    before = [*state()[:3], set(Alias.objects.values_list())]
    rows = [dict.fromkeys(COLUMNS, "") | row for row in (person(name="Anna Velt", country="NO", aliases="AVX"), LEAGUE)]
    rules = [
        dict.fromkeys(RULE_COLUMNS, "") | rule(),
        dict.fromkeys(RULE_COLUMNS, "") | rule(entity="", verdict="reject"),
    ]
    rules[1]["surface"] = "the League"
    bring_in(read_sheet(io.BytesIO(as_json(rows, rules).encode())), by=admin_user, reason="from all.json")
    assert undo(whole_import(), by=admin_user) == []
    assert [*state()[:3], set(Alias.objects.values_list())] == before
    assert not Curation.objects.filter(detail__has_key="whole", undone_at=None).exists()
    assert FormerAddress.objects.get(path="/organisations/harbour-league/").gone_reason


def test_undone_import_leaves_what_somebody_changed_since_and_says_what(norway, admin_user):
    bring(person(note="Envoy."), {"kind": "place", "name": "Cape Velt"})
    before = Curation.objects.latest("pk").pk
    bring(person(country="NO", note="Minister.", aliases="A. Velt"), LEAGUE, LEAGUE | {"name": "Cape", "slug": "cape"})
    entity, league = Entity.objects.get(slug="ana-velt"), Entity.objects.get(slug="harbour-league")
    edit(entity, by=admin_user, note="Ambassador.")
    edit(league, by=admin_user, note="Of the harbours.")
    whole = Curation.objects.get(pk__gt=before, detail__has_key="rules")
    assert undo(whole, by=admin_user) == ["note of “Ana Velt” is another by now", "“Harbour League” was changed since"]
    entity.refresh_from_db()
    assert (entity.country, entity.note, entity.aliases.count()) == (None, "Ambassador.", 0)
    assert not Entity.objects.filter(slug="cape").exists()
    told = Curation.objects.get(act="undo", detail__of=whole.pk)
    assert told.detail["changed"] == ["note of “Ana Velt” is another by now", "“Harbour League” was changed since"]
    assert Entity.objects.filter(pk=league.pk, curations__act="import", curations__undone_at=None).exists()


def test_undone_import_leaves_what_is_in_use(admin_user):
    bring(person(), LEAGUE)
    interview = make_interview([("Who came?", "Nobody.")], speaker="Ilan Moreau")
    interview.participations.update(person=Entity.objects.get(slug="ana-velt"))
    assert undo(whole_import(), by=admin_user) == ["“Ana Velt” is in use (participations)"]
    assert list(Entity.objects.filter(slug__in=["ana-velt", "harbour-league"])) == [Entity.objects.get(slug="ana-velt")]


def test_undone_import_leaves_what_was_undone_before(admin_user):
    bring(person(), LEAGUE)
    undo(Entity.objects.get(slug="ana-velt").curations.get(), by=admin_user)
    assert undo(whole_import(), by=admin_user) == []
    assert not Entity.objects.exists()
    with pytest.raises(AlreadyUndoneError):
        undo(whole_import(), by=admin_user)


def test_names_are_no_longer_found_when_their_import_is_undone(
    admin_user, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(retagging, "beside", lambda work: work())
    make_interview([("Who came?", "The Harbour League and then the Envoy spoke.")])
    rows = [dict.fromkeys(COLUMNS, "") | row for row in (person(), LEAGUE)]
    table_of_both = as_json(rows, [dict.fromkeys(RULE_COLUMNS, "") | rule()])
    with django_capture_on_commit_callbacks(execute=True):
        bring_in(read_sheet(io.BytesIO(table_of_both.encode())), by=None, reason="", later=False)
    assert Mention.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        undo(whole_import(), by=admin_user)
    assert not Mention.objects.filter(rule__isnull=False).exists()
    assert not Mention.objects.filter(entity__verified=True).exists()
    assert not IndexChange.objects.exists()


def test_import_of_many_rows_is_undone_in_few_queries(admin_user, django_assert_max_num_queries):
    bring(
        *({"kind": "place", "name": f"Harbour {number} of Korvat", "aliases": f"H{number}K"} for number in range(2000))
    )
    with django_assert_max_num_queries(300):
        undo(whole_import(), by=admin_user)
    assert not Entity.objects.exists()


def test_interviews_that_name_what_is_new_are_tagged_anew(django_capture_on_commit_callbacks):
    naming = make_interview([("Who came?", "The Lighthouse Accord of Korvat was signed.")])
    make_interview([("Who came?", "Nobody.")])
    with django_capture_on_commit_callbacks(execute=True):
        bring({"kind": "document", "name": "Lighthouse Accord of Korvat"}, later=False)
    assert Mention.objects.filter(entity__name="Lighthouse Accord of Korvat").get().turn.interview == naming
    assert not IndexChange.objects.exists()


@pytest.fixture
def ended_too_soon(monkeypatch):
    """Every process ends before the work beside its answers begins."""
    monkeypatch.setattr(retagging, "beside", lambda work: None)


ACCORD = {"kind": "document", "name": "Lighthouse Accord of Korvat"}


@pytest.fixture
def naming():
    return make_interview([("Who came?", "The Lighthouse Accord of Korvat was signed. Then the Envoy spoke.")])


def found_names():
    return set(Mention.objects.filter(entity__verified=True).values_list("surface", flat=True))


def test_words_of_an_import_are_still_sought_when_the_process_ended_too_soon(
    naming, ended_too_soon, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        bring(person(), ACCORD)
        bring(rule(), columns=RULE_COLUMNS)
    assert not found_names()
    with django_capture_on_commit_callbacks(execute=True):
        retag_waiting()
    assert found_names() == {"Lighthouse Accord of Korvat", "the Envoy"}
    assert not Sought.objects.exists()
    assert not IndexChange.objects.exists()


def test_next_import_takes_up_what_a_process_left_of_the_one_before(
    naming, ended_too_soon, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        bring(ACCORD)
    with django_capture_on_commit_callbacks(execute=True):
        bring({"kind": "place", "name": "Cape Velt"}, later=False)
    assert found_names() == {"Lighthouse Accord of Korvat"}


def test_retag_takes_up_what_a_process_left_of_an_import(naming, ended_too_soon):
    bring(ACCORD)
    call_command("retag", dry_run=True)
    assert Sought.objects.exists()
    call_command("retag")
    assert found_names() == {"Lighthouse Accord of Korvat"}
    assert not Sought.objects.exists()


def test_words_of_an_undone_import_are_still_sought_when_the_process_ended_too_soon(
    naming, ended_too_soon, admin_user, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        bring(person(), ACCORD, later=False)
    assert found_names() == {"Lighthouse Accord of Korvat"}
    with django_capture_on_commit_callbacks(execute=True):
        undo(whole_import(), by=admin_user)
    assert Sought.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        retag_waiting()
    assert not Mention.objects.filter(entity__slug="lighthouse-accord-of-korvat").exists()


def test_refused_import_seeks_nothing(naming):
    with pytest.raises(ImportRefusedError):
        bring(ACCORD | {"wikidata": "none"})
    assert not Sought.objects.exists()


def test_rules_are_made_applied_and_undone(admin_user, django_capture_on_commit_callbacks):
    interview = make_interview([("Who came?", "Then the Envoy spoke.")], speaker="Ilan Moreau")
    where = {"interview": interview.get_absolute_url(), "speaker": "ilan-moreau"}
    with django_capture_on_commit_callbacks(execute=True):
        bring(person())
        bring(rule(**where, reason="So they call her."), columns=RULE_COLUMNS, later=False)
    made = Rule.objects.get()
    assert (made.surface, made.verdict, made.entity.slug, made.reason) == (
        "the Envoy",
        "confirm",
        "ana-velt",
        "So they call her.",
    )
    assert (made.interview, made.speaker.slug) == (interview, "ilan-moreau")
    assert Mention.objects.get(entity=made.entity).surface == "the Envoy"
    undo(made.curations.get(), by=admin_user)
    assert not Rule.objects.exists()
    assert not Mention.objects.filter(entity__slug="ana-velt").exists()


def test_rules_may_speak_of_entities_of_the_same_file():
    rows = {name: [dict.fromkeys(columns, "") | row] for name, columns, row in TABLES}
    bring_in(read_sheet(io.BytesIO(as_json(**rows).encode())), by=None, reason="")
    assert Rule.objects.get().entity == Entity.objects.get(slug="ana-velt")


TABLES = (("entities", COLUMNS, person()), ("rules", RULE_COLUMNS, rule()))


def test_rule_that_is_there_is_left_and_another_of_its_scope_is_a_problem():
    bring(person(), person(name="Ilan Moreau", slug="ilan-moreau"))
    bring(rule(), columns=RULE_COLUMNS)
    assert plan(sheet_of(rule(), columns=RULE_COLUMNS)).left == 1
    assert "another rule about “the Envoy” in this scope" in problems(
        rule(entity="person:ilan-moreau"), columns=RULE_COLUMNS
    )


@pytest.mark.parametrize(
    ("cells", "mend"),
    [
        ({"surface": ""}, "surface is empty"),
        ({"surface": "x" * 301}, "surface is too long"),
        ({"verdict": "maybe"}, "verdict 'maybe' must be one of: confirm, reject, replace"),
        ({"entity": ""}, "entity is empty"),
        ({"entity": "person:nobody"}, "entity 'person:nobody' is not known"),
        ({"entity": "ana-velt"}, "must be a kind and a slug"),
        ({"speaker": "nobody"}, "speaker 'person:nobody' is not known"),
        ({"interview": "/interviews/2019/01/01/nowhere/"}, "is not known; give its address"),
        ({"reason": HOSTILE}, "reason holds markup"),
    ],
)
def test_problems_of_rules_are_told(cells, mend):
    bring(person())
    assert mend in problems(rule(**cells), columns=RULE_COLUMNS)


@pytest.mark.parametrize(
    ("cells", "mend"),
    [
        ({"kind": "ship"}, "line 2: kind 'ship' must be one of: country, person"),
        ({"kind": "country", "country": ""}, "countries come from the data files"),
        ({"name": ""}, "name is empty"),
        ({"name": "Ana \u202evelt"}, "hidden character U+202E"),
        ({"name": "Ana\0Velt"}, "hidden character U+0000"),
        ({"name": "Ana\nVelt"}, "hidden character U+000A"),
        ({"name": HOSTILE}, "name holds markup"),
        ({"name": "x" * 10_000}, "name is too long"),
        ({"note": "long; " * 100}, "note is too long"),
        ({"aliases": "x" * 301}, "aliases is too long"),
        ({"slug": "Ana Velt"}, "slug 'Ana Velt' must be small letters"),
        ({"slug": "a" * 121}, "slug is too long"),
        ({"wikidata": "77"}, "no Wikidata identifier"),
        ({"country": "ZZ"}, "country ZZ is not known"),
        ({"offices": "Envoy of Korvat 2001..2003"}, "offices belongs to the data files"),
        ({"alone": "Velt"}, "alone belongs to the data files"),
    ],
)
def test_problems_of_entities_are_told_with_line_and_mend(cells, mend):
    assert mend in problems(person(**cells))


def test_what_the_archive_does_not_know_is_told_beside_what_is_wrong_with_the_cells():
    told = problems(person(wikidata="77", country="ZZ"))
    assert "no Wikidata identifier" in told
    assert "country ZZ is not known" in told
    told = problems(rule(verdict="maybe", entity="person:nobody", speaker="nobody"), columns=RULE_COLUMNS)
    assert told.count("line 2") == 3


def test_one_bad_row_keeps_all_out_and_every_problem_is_told():
    told = problems(person(), person(name="", slug="a"), person(name="B", slug="b", kind="ship"))
    assert re.findall(r"line \d", told) == ["line 3", "line 4"]


def test_name_of_two_entities_must_be_declared_ambiguous():
    bring({"kind": "organisation", "name": "Nordic Lighthouse Council", "aliases": "NLC"})
    council = {"kind": "organisation", "name": "New Land Company", "aliases": "NLC"}
    told = problems(council)
    assert "“NLC” is also a name of “Nordic Lighthouse Council” (organisation:nordic-lighthouse-council)" in told
    assert "declared in ambiguous.csv" in told


def test_name_of_two_rows_must_be_declared_ambiguous():
    one, other = ({"kind": "place", "name": name, "aliases": "the Cape"} for name in ("North Cape", "South Cape"))
    assert "line 3: “the Cape” is also a name of “North Cape”" in problems(one, other)


def test_name_that_the_data_files_declare_ambiguous_may_be_given():
    load_authority()
    bring({"kind": "person", "name": "Amal Velt", "aliases": "Amal"})
    assert names_of(Entity.objects.get(slug="amal-velt")) == {("en", "Amal")}


def test_name_of_a_country_is_none_of_another_entity(norway):
    Entity.objects.update(verified=True)
    assert "“Norway” is also a name of “Norway” (country:norway)" in problems(person(aliases="Norway"))


def test_wikidata_of_another_entity_is_a_problem():
    bring(person(wikidata="Q77"))
    assert "wikidata Q77 is already that of “Ana Velt”" in problems(person(name="B C", slug="b-c", wikidata="Q77"))


def test_same_entity_twice_in_a_table_is_a_problem():
    assert "line 3: “Ana Velt” stands in line 2 already" in problems(person(), person(note="Envoy."))


def test_slug_of_what_was_merged_or_renamed_is_told():
    bring(person(), person(name="Anna Velt", slug="anna-velt"), person(name="Ilan Moreau", slug="ilan-moreau"))
    survivor, merged, moved = Entity.objects.order_by("pk")
    merge(survivor=survivor, merged=merged, by=None)
    FormerAddress.objects.create(path="/people/i-moreau/", entity=moved)
    assert "was merged into “Ana Velt”; write ana-velt" in problems(person(name="Anna Velt", slug="anna-velt"))
    assert "was that of “Ilan Moreau”; write ilan-moreau" in problems(person(name="I. Moreau", slug="i-moreau"))


def test_new_slug_for_a_name_that_is_here_is_a_problem():
    make_entity("person", "Ana Velt")
    assert "is a name of an entry already; write its slug, ana-velt" in problems(person(slug="a-velt"))


def test_what_changed_after_it_was_shown_is_not_imported():
    shown = plan(sheet_of(person())).fingerprint
    bring(person(note="Envoy."))
    with pytest.raises(ImportRefusedError, match="changed meanwhile"):
        bring(person(), seen=shown)


def test_offices_of_the_data_files_are_exported_and_taken_back():
    load_authority()
    row = next(row for row in exported().entities if row["slug"] == "abbas-araghchi")
    assert row["offices"] == "Foreign Minister of Iran 2024-08.."
    assert plan(sheet_of(row)).left == 1


def test_export_of_the_data_files_changes_nothing_when_it_is_imported():
    load_authority()
    found = exported()
    assert found.left_out == []
    assert plan(read_sheet(io.BytesIO(as_csv(COLUMNS, found.entities).encode()))).changes == []


SORTED_NAMES = [
    ("Velt’s people", "en", "demonym"),
    ("Ана Вельт", "ru", "former"),
    ("AVX", "en", "name"),
    ("AV", "en", "acronym"),
    ("A. Velt", "en", "name"),
    ("short: Velt", "en", "name"),
    ("Velt", "en", "short"),
]


@pytest.mark.parametrize("is_json", [False, True], ids=["csv", "json"])
def test_names_keep_their_sort_through_a_table(is_json):
    bring(person())
    entity = Entity.objects.get()
    for text, language, kind in SORTED_NAMES:
        entity.aliases.create(text=text, language=language, kind=kind)
    found = exported()
    text = as_json(found.entities, []) if is_json else as_csv(COLUMNS, found.entities)
    sheet = read_sheet(io.BytesIO(text.encode()))
    assert plan(sheet).changes == []
    Entity.objects.all().delete()
    bring_in(sheet, by=None, reason="")
    assert set(Alias.objects.values_list("text", "language", "kind")) == set(SORTED_NAMES)
    assert exported() == found


def test_sort_of_a_name_is_told_before_it_is_brought_in():
    planned = plan(sheet_of(person(aliases="A. Velt; former:ru:Ана Вельт; demonym: Veltian")))
    assert [str(change) for change in planned.new] == [
        "also called A. Velt, ru:Ана Вельт (former name), Veltian (demonym)"
    ]


def test_alias_of_a_sort_is_checked_like_any_other():
    assert "alias 'ru:' is no name" in problems(person(aliases="former:ru:"))
    assert "holds markup" in problems(person(aliases=f"former:{HOSTILE}"))


def test_formulas_are_kept_from_spreadsheets_and_given_back():
    names = ["=HYPERLINK(1)", "+2 format", "-3", "@Velt", "'=1", "'s-Hertogenbosch"]
    bring(*({"kind": "place", "name": name} for name in names))
    text = as_csv(COLUMNS, exported().entities)
    cells = [row["name"] for row in csv.DictReader(io.StringIO(text))]
    assert not any(re.match("[=+@-]", cell) for cell in cells)
    assert text.startswith("\ufeff")
    assert plan(read_sheet(io.BytesIO(text.encode()))).left == len(names)


def test_names_that_no_table_can_hold_are_left_out_and_told():
    bring(person())
    Alias.objects.create(entity=Entity.objects.get(), text="Velt; Ana")
    make_entity("place", "Cape\u202eNorth", slug="cape-north")
    Entity.objects.update(verified=True)
    found = exported()
    assert [row["aliases"] for row in found.entities] == [""]
    assert found.left_out == ["“Velt; Ana”, a name of Ana Velt", "Cape\u202eNorth"]


ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\0")  # PostgreSQL takes no NUL
NAMES = st.text("abЖ中é =+-@';:,\"&\u202e\n", min_size=1, max_size=12) | st.text(ANY, min_size=1, max_size=30)
KINDS = st.sampled_from(["person", "organisation", "place", "document", "event", "outlet", "country"])
LANGUAGES = st.sampled_from(["", "en", "ru", "zh", "zh-hant"])
SORTS = st.sampled_from(Alias.Kind.values)
ALIASES = st.lists(st.tuples(LANGUAGES, NAMES, SORTS), max_size=4, unique_by=lambda alias: alias[:2])
ENTITIES = st.lists(
    st.tuples(KINDS, NAMES, ALIASES, st.text(ANY, max_size=20), st.booleans()),
    max_size=6,
)
RULES = st.lists(st.tuples(NAMES, st.sampled_from(["confirm", "reject", "replace"])), max_size=3, unique=True)


class TestRoundTrip(TestCase):
    @classmethod
    def setUpTestData(cls):
        forget_the_data_files()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ENTITIES, RULES)
    def test_import_of_what_was_exported_changes_nothing(self, entities, rules):
        for number, (kind, name, aliases, note, verified) in enumerate(entities):
            code = {"iso_code": f"X{chr(65 + number)}"} if kind == "country" else {}
            entity = Entity.objects.create(
                kind=kind, name=name, slug=f"e{number}", note=note, verified=verified, **code
            )
            Alias.objects.bulk_create(
                Alias(entity=entity, language=code, text=text, kind=kind) for code, text, kind in aliases
            )
            for surface, verdict in rules if number == 0 else ():
                Rule.objects.create(surface=surface, verdict=verdict, entity=entity)
        found = exported()
        before = state()
        tables = [
            (as_json(found.entities, found.rules), found.entities or found.rules),
            (as_csv(COLUMNS, found.entities), found.entities),
            (as_csv(RULE_COLUMNS, found.rules), found.rules),
        ]
        for text, rows in tables:
            if rows:
                bring_in(read_sheet(io.BytesIO(text.encode())), by=None, reason="")
        assert state() == before


@pytest.mark.parametrize(
    ("data", "mend"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf \n", "The file is empty"),
        (b"PK\x03\x04rest", "a ZIP archive or a workbook; save the table as CSV"),
        (b"kind,name\nperson,Ana\nperson,\xff\n", "Line 3 is not UTF-8"),
        (table(person()).replace(",", ";").encode(), "parted by semicolons"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"entities": [{"a": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"entities": [\n{"kind": }]}', "Line 2 is no JSON"),
        (b'{"entities": [' + b"9" * 10_000 + b"]}", "a number that is too long"),
        (b"[]", 'must be an object with the lists "entities" and "rules"'),
        (b'{"entities": {}}', "must be lists of rows"),
        (b'{"entities": []}', "holds no rows"),
        (b"x" * (sheets.MOST_BYTES + 1), "more than 5 MB"),
        (b'{"entities": [' + b"1," * 30_000 + b"1]}", "more than 20000 rows"),
    ],
)
def test_file_that_is_no_table_is_refused_with_its_mend(data, mend):
    assert mend in refusal(data)


def test_million_rows_are_refused_before_they_are_read():
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size):
            Endless.taken += size
            return b"person,A,,,,,,,\n" * (size // 16 + 1)

    with pytest.raises(sheets.SheetError, match="more than 5 MB"):
        read_sheet(Endless())
    assert Endless.taken == sheets.MOST_BYTES + 1
    header = f"{','.join(COLUMNS)}\n".encode()
    assert "more than 20000 rows" in refusal(header + b"place,A,,,,,,,\n" * 20_001)


def test_wrong_header_is_told():
    sheet = read_sheet(io.BytesIO(b"kind,name,colour\nperson,Ana Velt,red\n"))
    told = " ".join(problem for entry in sheet.entities for problem in entry.problems)
    assert "the column slug is missing" in told
    assert "the column 'colour' is not known" in told


@pytest.mark.parametrize(
    ("row", "mend"),
    [
        (1, "entity 1: is no object"),
        ({"kind": "person", "name": ["Ana"]}, "entity 1: name must be a text"),
        ({"kind": "person", "name": None}, "entity 1: name must be a text"),
        ({"kind": "person", "name": "Ana", "colour": "red"}, "the column 'colour' is not known"),
        ({"kind": "person", "name": "Ana", "aliases": ["A; B"]}, "an alias holds a semicolon"),
        ({"kind": "person", "name": "A\ud800"}, "hidden character U+D800"),
    ],
)
def test_problems_of_json_rows_are_told(row, mend):
    planned = plan(read_sheet(io.BytesIO(json.dumps({"entities": [row]}).encode())))
    assert mend in " ".join(f"{place}: {mend}" for place, mend in planned.problems)


def test_commands_export_and_import(tmp_path, capsys):
    bring(person(aliases="A. Velt"))
    bring(rule(), columns=RULE_COLUMNS)
    for name, options in (("all.json", {}), ("entities.csv", {}), ("rules.csv", {"rules": True})):
        call_command("export_entities", tmp_path / name, **options)
    before = state()
    for name in ("all.json", "entities.csv", "rules.csv"):
        call_command("import_entities", tmp_path / name)
        assert state()[2:] == before[2:]
    assert "2 rows: 0 added, 0 changed, 0 rules made, 2 already so." in capsys.readouterr().out


def test_dry_run_tells_and_changes_nothing(folder, capsys):
    load_authority()
    before = state()
    call_command("import_entities", folder(person(aliases="A. Velt")), dry_run=True)
    assert state() == before
    out = capsys.readouterr().out
    assert "+ person Ana Velt: also called A. Velt" in out
    assert "1 row: 1 would be added, 0 would be changed" in out


@pytest.mark.usefixtures("nothing_known")
def test_dry_run_brings_in_no_data_files(folder, capsys):
    call_command("import_entities", folder(person(country="NO")), dry_run=True)
    assert "+ person Ana Velt: country: Norway" in capsys.readouterr().out
    assert not Entity.objects.exists()


def test_command_tells_file_line_and_mend(folder):
    path = folder(person(), person(name="", slug="b"))
    with pytest.raises(CommandError, match=r"table.csv, line 3: name is empty; .*\nNothing was changed."):
        call_command("import_entities", path)
    assert not Entity.objects.filter(slug="ana-velt").exists()


def test_command_acts_in_the_name_of_a_user(folder):
    User.objects.create_user("vera")
    call_command("import_entities", folder(person()), by="vera")
    assert Curation.objects.get(act="import").by.username == "vera"
    with pytest.raises(CommandError, match="--by nobody: there is no such user"):
        call_command("import_entities", folder(person(note="Envoy.")), by="nobody")


def test_five_thousand_rows_are_planned_and_written_in_few_queries(django_assert_max_num_queries):
    rows = [
        {"kind": "place", "name": f"Harbour {number} of Korvat", "aliases": f"H{number}K"} for number in range(5000)
    ]
    with django_assert_max_num_queries(200):
        bring(*rows)
    assert Entity.objects.count() == 5000


def test_interviews_that_inflect_a_name_are_tagged_anew():
    interview = make_interview([("Кто?", "О Лидии Моревой говорили.")])
    make_interview([("Кто?", "О Лидии говорили.")])
    assert interviews_with(["Лидия Морева"], []) == {interview.pk}
