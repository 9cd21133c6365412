"""What the data files say comes into the database, a later version too; what curators wrote stays."""

import csv
import shutil

import pytest

from interviews.models import Alias, Entity, IndexChange
from interviews.tagging.authority import find_or_make_person
from interviews.tagging.establishing import load_authority
from interviews.tagging.gazetteer import DATA, GazetteerError, load_gazetteer
from interviews.tagging.registry import COLUMNS, load_registry

from archive_factory import make_entity, make_interview

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]
ROW = {"kind": "person", "name": "Ilan Moreau", "slug": "ilan-moreau", "country": "NO", "note": "Envoy"}


@pytest.fixture
def files(tmp_path):
    """A function that gives a folder of data files whose table of persons holds these rows, and nothing else."""
    versions = iter(range(100))

    def write(*rows):
        folder = tmp_path / f"version-{next(versions)}"
        shutil.copytree(DATA, folder)
        for table in folder.glob("*.csv"):
            header = table.read_text().partition("\n")[0]
            table.write_text(f"{header}\n")
        with (folder / "people.csv").open("a", newline="") as table:
            csv.DictWriter(table, COLUMNS, restval="").writerows(rows)
        return folder

    return write


def aliases(entity):
    return {(alias.text, alias.language) for alias in entity.aliases.all()}


def test_authority_holds_every_country_with_its_aliases():
    load_authority()
    countries = Entity.objects.of_kind("country")
    assert countries.count() == len(load_gazetteer().countries)
    ivory_coast = countries.get(iso_code="CI")
    assert (ivory_coast.name, ivory_coast.slug, ivory_coast.wikidata) == ("Côte d’Ivoire", "cote-divoire", "Q1008")
    aliases = set(ivory_coast.aliases.values_list("text", "language", "kind"))
    assert {("Ivory Coast", "en", "name"), ("Ivorian", "en", "demonym"), ("科特迪瓦", "zh", "name")} <= aliases
    assert countries.get(iso_code="US").aliases.get(text="USA", language="en").kind == Alias.Kind.ACRONYM
    assert countries.get(iso_code="IR").aliases.get(text="Persia").kind == Alias.Kind.FORMER


def test_loading_the_authority_twice_changes_nothing(django_assert_max_num_queries):
    load_authority()
    before = Entity.objects.count(), Alias.objects.count()
    with django_assert_max_num_queries(8):
        load_authority()
    assert (Entity.objects.count(), Alias.objects.count()) == before


def test_loading_the_authority_keeps_what_curators_wrote():
    make_entity("country", "Kingdom of the Fjords", iso_code="NO", slug="fjords")
    load_authority()
    norway = Entity.objects.get(iso_code="NO")
    assert (norway.name, norway.slug) == ("Kingdom of the Fjords", "fjords")
    assert norway.aliases.filter(text="Norwegian").exists()


def test_every_kind_is_in_the_authority():
    load_authority()
    assert set(Entity.objects.values_list("kind", flat=True)) == {
        "country",
        "person",
        "organisation",
        "place",
        "document",
        "event",
    }
    assert Entity.objects.exclude(key="").count() == len(load_registry().known)
    assert not Entity.objects.filter(verified=False).exists()


def test_row_becomes_an_entity(files):
    load_authority(files(ROW | {"wikidata": "Q7", "aliases": "I. Moreau; ru:Илан Моро"}))
    person = Entity.objects.get(key="ilan-moreau")
    assert (person.name, person.slug, person.wikidata, person.note) == ("Ilan Moreau", "ilan-moreau", "Q7", "Envoy")
    assert person.country.iso_code == "NO"
    assert person.verified
    assert aliases(person) == {("I. Moreau", "en"), ("Илан Моро", "ru")}


def test_later_version_of_a_file_changes_what_only_the_file_said(files):
    load_authority(files(ROW | {"aliases": "I. Moreau; Moreau of Norway"}))
    load_authority(
        files(ROW | {"name": "Ilan A. Moreau", "country": "SE", "note": "", "aliases": "I. Moreau; Ilan M."})
    )
    person = Entity.objects.get(key="ilan-moreau")
    assert (person.name, person.country.iso_code, person.note) == ("Ilan A. Moreau", "SE", "")
    assert person.slug == "ilan-moreau"
    assert aliases(person) == {("I. Moreau", "en"), ("Ilan M.", "en")}


def test_what_a_curator_changed_stays(files):
    load_authority(files(ROW | {"aliases": "I. Moreau; Moreau of Norway"}))
    person = Entity.objects.get(key="ilan-moreau")
    person.name, person.note = "Ilan Moreau the elder", "Ambassador"
    person.save()
    person.aliases.get(text="I. Moreau").delete()
    person.aliases.create(text="Moreau the elder")
    load_authority(files(ROW | {"name": "Ilan B. Moreau", "note": "Minister", "aliases": "I. Moreau"}))
    person.refresh_from_db()
    assert (person.name, person.note) == ("Ilan Moreau the elder", "Ambassador")
    assert aliases(person) == {("Moreau the elder", "")}


def test_name_that_a_curator_gave_stays_though_the_file_drops_it(files):
    load_authority(files(ROW))
    person = Entity.objects.get(key="ilan-moreau")
    person.aliases.create(text="I. Moreau", language="en")
    load_authority(files(ROW | {"aliases": "I. Moreau"}))
    load_authority(files(ROW))
    assert aliases(person) == {("I. Moreau", "en")}


def test_entity_that_left_the_files_stays(files):
    load_authority(files(ROW))
    load_authority(files())
    assert Entity.objects.get(key="ilan-moreau").name == "Ilan Moreau"


def test_person_of_a_label_is_taken_over_and_not_doubled(files):
    before = find_or_make_person(name="ILAN MOREAU")
    load_authority(files(ROW))
    person = Entity.objects.of_kind("person").get()
    assert (person.pk, person.slug, person.key) == (before.pk, "ilan-moreau", "ilan-moreau")
    assert (person.name, person.verified, person.note) == ("Ilan Moreau", True, "Envoy")
    assert find_or_make_person(name="Ilan Moreau") == person


def test_person_of_a_label_is_taken_over_by_an_alias_too(files):
    before = find_or_make_person(name="I. Moreau")
    load_authority(files(ROW | {"aliases": "I. Moreau"}))
    person = Entity.objects.of_kind("person").get()
    assert (person.pk, person.name, person.slug) == (before.pk, "Ilan Moreau", "i-moreau")


def test_person_of_another_country_is_not_taken_over(files):
    before = find_or_make_person(name="Ilan Moreau")
    load_authority(files())
    before.country = Entity.objects.get(iso_code="SE")
    before.save()
    load_authority(files(ROW))
    assert Entity.objects.of_kind("person").count() == 2
    assert Entity.objects.get(key="ilan-moreau").slug == "ilan-moreau-2"


def test_two_of_one_name_are_left_to_a_curator(files):
    first, second = find_or_make_person(name="Ilan Moreau"), make_entity("person", "Ilán Moreau", slug="ilan-2")
    load_authority(files(ROW))
    assert Entity.objects.get(key="ilan-moreau").pk not in {first.pk, second.pk}


def test_verified_name_stays_when_the_files_come_to_know_the_entity(files):
    before = make_entity("person", "Ilan MOREAU")
    Entity.objects.filter(pk=before.pk).update(verified=True)
    load_authority(files(ROW))
    assert Entity.objects.get(key="ilan-moreau").name == "Ilan MOREAU"


def test_new_name_of_a_speaker_reaches_the_search_index(files):
    interview = make_interview(speaker="I. Moreau")
    IndexChange.objects.all().delete()
    load_authority(files(ROW | {"aliases": "I. Moreau"}))
    changed = set(IndexChange.objects.values_list("turn_id", flat=True))
    assert changed == set(interview.turns.filter(number="a1").values_list("pk", flat=True))


def test_merged_entity_of_the_files_stays_merged_and_its_names_go_to_the_survivor(files):
    load_authority(files(ROW))
    survivor = make_entity("person", "Ilan Moreau the elder", slug="elder")
    Entity.objects.filter(key="ilan-moreau").update(merged_into=survivor)
    load_authority(files(ROW | {"aliases": "I. Moreau"}))
    load_authority(files(ROW | {"aliases": "I. Moreau"}))
    assert Entity.objects.get(key="ilan-moreau").merged_into == survivor
    assert aliases(survivor) == {("I. Moreau", "en")}


def test_broken_file_changes_nothing_and_is_told_with_its_line(files):
    folder = files(ROW, ROW | {"slug": "Ilan!"})
    with pytest.raises(GazetteerError, match=r"people\.csv, line 3: .*Ilan!"):
        load_authority(folder)
    assert not Entity.objects.exists()


@pytest.mark.parametrize("name", ["context.toml", "heads.toml", "people.toml", "given_names.txt"])
def test_broken_list_of_words_keeps_the_tables_out_too(files, name):
    folder = files(ROW)
    (folder / name).write_bytes(b"\xff")
    with pytest.raises(GazetteerError, match=name):
        load_authority(folder)
    assert not Entity.objects.exists()
