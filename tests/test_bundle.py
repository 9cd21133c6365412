"""The bundle: the whole archive as a folder, restored so that every address shows what it showed."""

import csv
import hashlib
import json
import re
import subprocess
from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from interviews.bundle.tables import LEFT_OUT, TABLES
from interviews.models import Curation, Entity, Interview, Source
from interviews.search.index.upkeep import reindex
from interviews.tagging.curate import confirm, undo
from interviews.tagging.establishing import load_authority
from interviews.tagging.merging import merge

from ageing import OldArchive
from archive_factory import make_country, make_entity, make_interview, mention
from bundles import empty_machine, export, files_of, rows_of
from crawling import crawled
from pages_factory import add_source

pytestmark = pytest.mark.django_db
STARTS = (
    "/",
    "/places/never-given-out/",
    "/search/?q=ferry",
    "/search/?q=toll-keeper+OR+snow&format=json",
    "/search/?country=LY&format=json",
)


def shown_at(client, address):
    """What an address answers: its status, where it leads, its words."""
    response = client.get(address)
    body = response.getvalue() if response.streaming else response.content
    return response.status_code, response.get("Location"), body


def all_shown(client, addresses):
    return {address: shown_at(client, address) for address in addresses}


def as_data(address):
    return f"{address}{'&' if '?' in address else '?'}format=json"


def test_every_address_shows_the_same_after_the_archive_was_restored(
    texts, client, admin_client, archive_data, tmp_path
):
    archive = OldArchive(folder=texts.folder, client=client, curator=admin_client, seed=3)
    archive.live_through(times=1)
    reindex()
    reached = crawled(client, *STARTS, most_of_a_type=2)
    addresses = {*archive.meant, *reached}
    addresses |= {as_data(address) for address in addresses if re.search("/$|[?]v=", address)}
    before = all_shown(client, addresses)
    bundle = export(tmp_path / "bundle")

    empty_machine(archive_data)
    assert not Interview.objects.exists()
    call_command("import_bundle", bundle, verbosity=0)
    reindex()

    after = all_shown(client, addresses)
    assert {address for address in addresses if before[address] != after[address]} == set()
    assert len(addresses) > 200
    assert {200, 301, 404, 410} <= {status for status, _, _ in after.values()}
    assert files_of(export(tmp_path / "again")) == files_of(bundle)


@pytest.fixture
def small(nothing_known, archive_data, admin_user, tmp_path):
    """A small archive in which curators were at work."""
    talks = make_interview([("What of Libya?", "=1+1 is not Libya's answer.")], speaker="Ilan Moreau")
    add_source(talks, licence="CC BY 4.0")
    libya, old = make_country("LY", "Libya"), make_entity("country", "Old Libya")
    mention(talks.turns.get(number="q1"), libya)
    confirm(turn=talks.turns.get(number="a1"), entity=libya, by=admin_user, reason="He says so.")
    merge(survivor=libya, merged=old, by=admin_user)
    return talks


def restored(folder, archive_data):
    """Restore a bundle on an empty machine."""
    empty_machine(archive_data)
    call_command("import_bundle", folder, verbosity=0)


def test_every_table_is_in_the_bundle_or_is_made_anew():
    ours = {model for model in apps.get_app_config("interviews").get_models() if not model._meta.proxy}
    known = [*(table.model for table in TABLES), *LEFT_OUT]
    assert {*known} - {get_user_model()} == ours
    assert len(known) == len(set(known))


def test_the_same_archive_gives_the_same_bytes(small, tmp_path):
    assert files_of(export(tmp_path / "one")) == files_of(export(tmp_path / "two"))


def test_sums_are_as_sha256sum_checks_them(small, tmp_path):
    bundle = export(tmp_path / "bundle")
    command = ["sha256sum", "-c", "--strict", "SHA256SUMS"]
    checked = subprocess.run(command, cwd=bundle, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert len(checked.stdout.splitlines()) == len(files_of(bundle)) - 1


def test_sources_lie_in_the_bundle_as_they_were_received(small, tmp_path):
    source = Source.objects.get()
    kept = export(tmp_path / "bundle") / "sources" / source.sha256[:2] / source.sha256
    assert kept.read_bytes() == source.path.read_bytes()


def test_the_acts_of_curators_are_restored_and_can_be_undone(small, archive_data, tmp_path):
    restored(export(tmp_path / "bundle"), archive_data)
    act = Curation.objects.get(act=Curation.Act.MERGE)
    assert act.by.get_username() == "admin"
    undo(act, by=None)
    assert not Entity.objects.exclude(merged_into=None).exists()


def test_of_users_the_names_alone_are_in_it_and_nobody_signs_in_by_them(
    small, archive_data, admin_user, tmp_path, client
):
    admin_user.email = "curator@example.org"
    admin_user.save()
    bundle = export(tmp_path / "bundle")
    assert rows_of(bundle, "users") == [{"id": admin_user.pk, "username": "admin", "first_name": "", "last_name": ""}]
    assert not any(b"curator@example.org" in data for data in files_of(bundle).values())
    restored(bundle, archive_data)
    known = get_user_model().objects.get()
    assert (known.is_active, known.is_superuser, known.has_usable_password()) == (False, False, False)
    assert not client.login(username="admin", password="password")  # noqa: S106 - the one that tests give


def test_keys_of_rows_that_are_gone_are_not_given_again(small, archive_data, tmp_path):
    gone = make_entity("place", "Brigadoon")
    key = gone.pk
    gone.delete()
    restored(export(tmp_path / "bundle"), archive_data)
    assert make_entity("place", "Avalon").pk > key


def test_what_the_data_files_brought_is_replaced(small, archive_data, tmp_path):
    bundle = export(tmp_path / "bundle")
    empty_machine(archive_data)
    load_authority()
    assert Entity.objects.count() > 1000
    call_command("import_bundle", bundle, verbosity=0)
    assert Entity.objects.count() == len(rows_of(bundle, "entities"))


def test_a_former_bundle_is_replaced_whole(small, tmp_path):
    bundle = export(tmp_path / "bundle")
    (bundle / "sources" / "old").write_text("of a former version")
    Interview.objects.update(title="Another title")
    export(bundle)
    assert rows_of(bundle, "interviews")[0]["title"] == "Another title"
    assert not (bundle / "sources" / "old").exists()
    assert [path.name for path in tmp_path.iterdir() if "bundle" in path.name] == ["bundle"]


@pytest.mark.parametrize("name", ["folder", "file", "link"])
def test_what_is_no_bundle_stays(small, tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letters.txt").write_text("Dear Runa")
    (tmp_path / "file").write_text("Dear Runa")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("export", tmp_path / name)
    assert files_of(tmp_path / "folder") == {"letters.txt": b"Dear Runa"}
    assert ((tmp_path / "file").read_text(), (tmp_path / "link").is_symlink()) == ("Dear Runa", True)


def test_an_export_that_fails_leaves_the_former_bundle(small, tmp_path):
    bundle = export(tmp_path / "bundle")
    before = files_of(bundle)
    Source.objects.get().path.write_bytes(b"other words")
    with pytest.raises(CommandError, match="is not what was received"):
        call_command("export", bundle)
    assert files_of(bundle) == before
    assert [path.name for path in tmp_path.iterdir() if "bundle" in path.name] == ["bundle"]


def test_others_on_the_machine_read_a_public_bundle_only(small, tmp_path):
    modes = [export(tmp_path / name, public=name == "public").stat().st_mode & 0o777 for name in ("public", "whole")]
    assert modes == [0o755, 0o700]


def sheet(folder, name):
    with (folder / "people" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_for_people_hold_the_answers_and_no_formulas(small, tmp_path):
    bundle = export(tmp_path / "bundle")
    (row,) = sheet(bundle, "answers")
    assert row["address"] == small.turns.get(number="a1").get_absolute_url()
    assert (row["question"], row["text"]) == ("What of Libya?", "'=1+1 is not Libya's answer.")
    assert (row["speaker"], row["about"]) == ("Ilan Moreau", "Libya")
    assert [row["licence"] for row in sheet(bundle, "interviews")] == ["CC BY 4.0"]


def test_every_published_interview_is_there_in_tei(small, tmp_path):
    make_interview(status="draft")
    bundle = export(tmp_path / "bundle", site="https://archive.example/")
    (file,) = (bundle / "tei").rglob("*.xml")
    assert file == bundle / "tei" / small.dated / f"{small.slug}.xml"
    document = ElementTree.parse(file)  # noqa: S314 - a file of ours
    assert [said.get("n") for said in document.iter("{http://www.tei-c.org/ns/1.0}u")] == ["q1", "a1"]
    address = f"https://archive.example{small.get_absolute_url()}"
    assert address in file.read_text()
    assert [row["address"] for row in sheet(bundle, "interviews")] == [address]


def test_tables_for_people_hold_no_draft_and_no_text_that_may_not_be_passed_on(small, tmp_path):
    make_interview([("Is this a draft?", "Unseen words.")], status="draft", status_reason="unread")
    Source.objects.update(redistribute=False, licence="All rights reserved")
    bundle = export(tmp_path / "bundle")
    (row,) = sheet(bundle, "answers")
    assert (row["question"], row["text"], row["speaker"]) == ("", "", "Ilan Moreau")
    assert "All rights reserved" in row["withheld"]
    assert "Unseen" not in (bundle / "people" / "answers.csv").read_text()
    assert [turn["text"] for turn in rows_of(bundle, "turns")].count("Unseen words.") == 1


@pytest.mark.parametrize(("status", "redistribute"), [("draft", True), ("withdrawn", True), ("published", False)])
def test_a_public_bundle_holds_nothing_that_may_not_be_passed_on(small, tmp_path, status, redistribute):
    small.turns.filter(number="a1").update(text="Hidden words.")
    add_source(small, b"Hidden words.\n", redistribute=redistribute)
    Interview.objects.update(status=status, status_reason="so")
    bundle = export(tmp_path / "bundle", public=True)
    assert not any(b"Hidden" in data or b"admin" in data for data in files_of(bundle).values())
    assert not (bundle / "tables").exists()


def test_the_description_names_every_file_with_its_sum_and_the_licence_of_each_text(small, tmp_path):
    bundle = export(tmp_path / "bundle")
    described = json.loads((bundle / "datapackage.json").read_text())["resources"]
    files = files_of(bundle)
    told = {each["path"]: (each["hash"], each["bytes"]) for each in described}
    data = {name: data for name, data in files.items() if "/" in name}
    assert told == {name: (f"sha256:{hashlib.sha256(held).hexdigest()}", len(held)) for name, held in data.items()}
    texts = [each for each in described if each["path"].startswith("sources/")]
    assert [each["licenses"][0]["title"] for each in texts] == ["CC BY 4.0"]


def test_the_description_names_every_column_and_what_it_refers_to(small, tmp_path):
    bundle = export(tmp_path / "bundle")
    described = {each["name"]: each for each in json.loads((bundle / "datapackage.json").read_text())["resources"]}
    with_rows = [table for table in TABLES if table.name in described]
    assert {"turns", "decisions", "merges", "users"} <= {table.name for table in with_rows}
    for table in with_rows:
        schema = described[table.name]["schema"]
        names = [each["name"] for each in schema["fields"]]
        assert all(list(row) == names for row in rows_of(bundle, table.name))
        assert {key["reference"]["resource"] for key in schema.get("foreignKeys", ())} <= described.keys()
    assert next(each for each in described["mentions"]["schema"]["fields"] if each["name"] == "start")["description"]
