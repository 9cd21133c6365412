"""Tables of entities and rules in the admin: taken out, looked at, brought in."""

import io
import os

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interviews.models import Curation, Entity, Rule
from interviews.roles import make_roles
from interviews.tagging import sheets
from interviews.tagging.editing import edit
from interviews.tagging.registry import COLUMNS
from interviews.tagging.sheets import RULE_COLUMNS, as_csv, read_sheet

from admin_pages import HOSTILE, page
from archive_factory import make_entity
from pages_factory import words_of

pytestmark = pytest.mark.django_db
IMPORT = "/admin/interviews/entity/import/"
ROW = {"kind": "person", "name": "Ana Velt", "slug": "ana-velt", "aliases": "A. Velt"}


def file(*rows, columns=COLUMNS, name="names.csv"):
    return SimpleUploadedFile(name, as_csv(columns, [dict.fromkeys(columns, "") | row for row in rows]).encode())


def look(client, *rows, **how):
    response = client.post(IMPORT, {"file": file(*rows, **how)})
    assert response.status_code == 200
    return response


def bring_in(client, shown, **changed):
    context = shown.context
    return client.post(
        IMPORT, {"upload": context["upload"], "seen": context["planned"].fingerprint} | changed, follow=True
    )


def user_with(*rights):
    user = User.objects.create_user("colleague", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def test_table_is_shown_before_it_is_imported(admin_client, admin_user):
    shown = look(admin_client, ROW)
    assert "Nothing was changed yet. Of 1 row: 1 added, 0 changed" in words_of(shown)
    assert "Import this row" in shown.content.decode()
    assert not Entity.objects.filter(slug="ana-velt").exists()
    assert "1 added, 0 changed, 0 rules made." in words_of(bring_in(admin_client, shown))
    act = Curation.objects.get()
    assert (act.entity.slug, act.by, act.reason) == ("ana-velt", admin_user, "imported from names.csv")


def test_problems_are_listed_by_line_and_nothing_can_be_imported(admin_client):
    shown = look(admin_client, ROW, ROW | {"kind": "ship", "name": HOSTILE})
    words = words_of(shown)
    assert "2 problems. Mend them in the file" in words
    assert "line 3" in words
    assert HOSTILE not in shown.content.decode()
    assert 'name="upload"' not in shown.content.decode()
    bring_in(admin_client, shown)
    assert not Entity.objects.filter(slug="ana-velt").exists()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04\0\0", "The file is a ZIP archive"),
        (b"x" * (sheets.MOST_BYTES + 1), "more than 5 MB"),
        (b'{"entities": ' + b"[" * 100_000, "nested too deeply"),
        (b"\xff\xfe", "Line 1 is not UTF-8"),
    ],
)
def test_file_that_is_no_table_is_refused(admin_client, data, told):
    response = admin_client.post(IMPORT, {"file": SimpleUploadedFile("a.csv", data)})
    assert told in words_of(response)


def test_table_is_shown_again_where_the_archive_changed_meanwhile(admin_client):
    shown = look(admin_client, ROW)
    make_entity("person", "Ana Velt")
    again = bring_in(admin_client, shown)
    assert "The archive was changed meanwhile" in words_of(again)
    assert Entity.objects.get(slug="ana-velt").aliases.count() == 0
    bring_in(admin_client, again)
    assert Entity.objects.get(slug="ana-velt").aliases.get().text == "A. Velt"


def test_file_of_another_user_or_that_is_gone_is_not_imported(admin_client, client, archive_data):
    shown = look(admin_client, ROW)
    client.force_login(user_with("add_entity", "change_entity"))
    assert bring_in(client, shown).status_code == 403
    assert "choose it again" in words_of(bring_in(admin_client, shown, upload="forged"))
    for kept in (archive_data / "imports").iterdir():
        kept.unlink()
    assert "choose it again" in words_of(bring_in(admin_client, shown))


def test_kept_files_go_when_they_are_imported_or_a_day_old(admin_client, archive_data):
    look(admin_client, ROW)
    [old] = (archive_data / "imports").iterdir()
    os.utime(old, (0, 0))
    shown = look(admin_client, ROW | {"note": "Envoy."})
    assert not old.exists()
    bring_in(admin_client, shown)
    assert list((archive_data / "imports").iterdir()) == []


def test_rules_are_imported_by_those_who_may_make_them(admin_client, client):
    make_entity("person", "Ana Velt")
    row = {"surface": "the Envoy", "verdict": "confirm", "entity": "person:ana-velt"}
    client.force_login(user_with("add_entity", "change_entity"))
    assert client.post(IMPORT, {"file": file(row, columns=RULE_COLUMNS)}).status_code == 403
    bring_in(admin_client, look(admin_client, row, columns=RULE_COLUMNS))
    assert Rule.objects.get().surface == "the Envoy"


def test_import_is_for_those_who_may_add_and_change_entities(client):
    client.force_login(user_with("view_entity", "add_entity"))
    assert client.get(IMPORT).status_code == 403
    assert "Import a table" not in words_of(page(client, "interviews_entity_changelist"))


@pytest.mark.parametrize("name", ["entities.csv", "rules.csv", "all.json"])
def test_tables_are_taken_out_and_can_be_read_again(admin_client, client, name):
    bring_in(admin_client, look(admin_client, ROW))
    rule = {"surface": "the Envoy", "verdict": "confirm", "entity": "person:ana-velt"}
    bring_in(admin_client, look(admin_client, rule, columns=RULE_COLUMNS))
    address = reverse("admin:interviews_entity_export", args=[name])
    response = admin_client.get(address)
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert read_sheet(io.BytesIO(response.content))
    client.force_login(user_with())
    assert client.get(address).status_code == 403


def test_import_is_told_in_the_history_of_an_entry_and_undone_there(admin_client):
    make_entity("person", "Ana Velt")
    bring_in(admin_client, look(admin_client, ROW | {"note": "Envoy."}))
    entity = Entity.objects.get(slug="ana-velt")
    words = words_of(page(admin_client, "interviews_entity_change", entity.pk))
    assert "Imported: “Ana Velt” (note: Envoy., vouched for from now on, also called A. Velt)" in words
    admin_client.post(reverse("admin:interviews_curation_undo", args=[entity.curations.get().pk]))
    entity.refresh_from_db()
    assert (entity.note, entity.verified, entity.aliases.count()) == ("", False, 0)


def test_whole_import_is_undone_from_the_history(admin_client, admin_user):
    bring_in(admin_client, look(admin_client, ROW, {"kind": "place", "name": "Cape Velt", "slug": "cape-velt"}))
    whole = Curation.objects.get(act="import", entity=None)
    assert "Imported (2 added, 0 changed, 0 rules made)" in words_of(
        page(admin_client, "interviews_curation_changelist")
    )
    history = reverse("admin:interviews_curation_changelist")
    found = [words_of(admin_client.get(history, {"q": words})) for words in ("", "Cape Velt")]
    assert ["Imported: “Cape Velt”" in words for words in found] == [False, True]
    edit(Entity.objects.get(slug="cape-velt"), by=admin_user, note="A cape.")
    undoing = reverse("admin:interviews_curation_undo", args=[whole.pk])
    told = words_of(admin_client.get(undoing))
    assert "Imported (2 added" in told
    assert "What it did" in told and "Imported: “Cape Velt”" in told
    words = words_of(admin_client.post(undoing, follow=True))
    assert "Left as it is: “Cape Velt” was changed since." in words
    assert Entity.objects.filter(slug="cape-velt").exists()
    assert not Entity.objects.filter(slug="ana-velt").exists()


def test_import_with_rules_is_undone_by_those_who_may_remove_rules(admin_client, client):
    rules = [{"surface": words, "verdict": "reject"} for words in ("the Envoy", "the League")]
    bring_in(admin_client, look(admin_client, *rules, columns=RULE_COLUMNS))
    undoing = reverse("admin:interviews_curation_undo", args=[Curation.objects.get(act="import").pk])
    client.force_login(user_with("add_entity", "view_curation"))
    assert client.post(undoing).status_code == 403
    admin_client.post(undoing)
    assert not Rule.objects.exists()


def test_curators_may_import_and_export(client):
    make_roles()
    user = user_with()
    user.groups.add(Group.objects.get(name="Curators"))
    client.force_login(user)
    row = {"surface": "the Envoy", "verdict": "confirm", "entity": "person:ana-velt"}
    bring_in(client, look(client, ROW))
    bring_in(client, look(client, row, columns=RULE_COLUMNS))
    assert Rule.objects.get().entity.slug == "ana-velt"
    assert client.get(reverse("admin:interviews_entity_export", args=["all.json"])).status_code == 200


def test_no_other_table_is_taken_out(admin_client):
    assert admin_client.get(reverse("admin:interviews_entity_export", args=["users.csv"])).status_code == 404
