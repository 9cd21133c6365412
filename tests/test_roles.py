"""What each role may do in the admin, and what it is refused."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse

from interviews.models import Interview

from admin_pages import act, page
from archive_factory import make_entity, make_interview, propose
from pages_factory import add_source, links_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    talks = make_interview([("What of Jordan?", "It is near.")])
    jordan = make_entity("country", "Jordan")
    mention = propose(talks.turns.first(), jordan, confidence=60)
    superuser = User.objects.create_superuser("root")
    return {"interview": talks, "turn": talks.turns.first(), "entity": jordan, "mention": mention, "user": superuser}


@pytest.fixture
def signed_in(client, rows):
    """A function that signs somebody with a role in."""
    call_command("make_roles", verbosity=0)

    def sign_in(role):
        somebody = User.objects.create_user(role.lower(), is_staff=True)
        somebody.groups.add(Group.objects.get(name=role))
        client.force_login(somebody)
        return client

    return sign_in


def addresses(rows):
    interview, turn, entity = rows["interview"].pk, rows["turn"].pk, rows["entity"].pk
    return {
        "review": reverse("admin:interviews_mention_review"),
        "words": reverse("admin:interviews_mention_words") + "?surface=Jordan",
        "rule": reverse("admin:interviews_rule_add"),
        "merge": reverse("admin:interviews_entity_merge", args=[entity]),
        "create": reverse("admin:interviews_entity_add"),
        "names": reverse("admin:interviews_turn_names", args=[turn]),
        "history": reverse("admin:interviews_curation_changelist"),
        "upload": reverse("admin:interviews_source_add"),
        "publish": reverse("admin:interviews_interview_publish", args=[interview]),
        "order": reverse("admin:interviews_interview_turns", args=[interview]),
        "users": reverse("admin:auth_user_changelist"),
        "new user": reverse("admin:auth_user_add"),
    }


CURATION = {"review", "words", "rule", "merge", "create", "names", "history"}
EDITING = {"upload", "publish", "order"}
MANAGING = {"users", "new user"}


@pytest.mark.parametrize(
    ("role", "open_to_it"),
    [("Curators", CURATION), ("Editors", CURATION | EDITING), ("Administrators", CURATION | EDITING | MANAGING)],
)
def test_role_opens_its_pages_and_is_refused_the_rest(signed_in, rows, role, open_to_it):
    client = signed_in(role)
    found = {name: client.get(address).status_code for name, address in addresses(rows).items()}
    assert found == {name: 200 if name in open_to_it else 403 for name in found}


@pytest.mark.parametrize(("role", "status"), [("Curators", 403), ("Editors", 302), ("Administrators", 302)])
def test_only_editors_correct_a_text(signed_in, rows, role, status):
    client = signed_in(role)
    address = reverse("admin:interviews_turn_change", args=[rows["turn"].pk])
    assert client.get(address).status_code == 200
    form = {"decisions-TOTAL_FORMS": 0, "decisions-INITIAL_FORMS": 0, "text": "What of Norway?"}
    form["participation"] = rows["turn"].participation_id
    assert client.post(address, form).status_code == status
    rows["turn"].refresh_from_db()
    assert (rows["turn"].text == "What of Norway?") == (status == 302)


def test_curator_is_offered_nothing_to_save_where_nothing_may_be_saved(signed_in, rows):
    html = signed_in("Curators").get(reverse("admin:interviews_turn_change", args=[rows["turn"].pk])).content.decode()
    assert "Names in it" in html
    assert 'name="_save"' not in html


@pytest.mark.parametrize(("role", "may"), [("Curators", False), ("Editors", True)])
def test_only_who_may_is_led_to_what_changes_an_interview(signed_in, rows, role, may):
    client = signed_in(role)
    reading = add_source(rows["interview"], b"What of Jordan?").readings.get()
    reading.problems.create(code="guessed_encoding", message="Its letters were guessed.", severity="note")
    turn = page(client, "interviews_turn_change", rows["turn"].pk)
    order = reverse("admin:interviews_interview_turns", args=[rows["interview"].pk])
    assert any(link.startswith(order) for link in links_of(turn)) == may
    again = reverse("admin:interviews_reading_again", args=[reading.pk])
    assert (again in links_of(page(client, "interviews_readingproblem_changelist"))) == may


@pytest.mark.parametrize(("role", "status"), [("Curators", "published"), ("Editors", "withdrawn")])
def test_only_editors_withdraw(signed_in, rows, role, status):
    client = signed_in(role)
    act(client, "interviews_interview", "withdraw", [rows["interview"]], confirmed="1", reason="By mistake.")
    assert Interview.objects.get().status == status


@pytest.mark.parametrize("role", ["Curators", "Editors"])
def test_only_administrators_manage_people(signed_in, rows, role):
    client = signed_in(role)
    for name in ("change", "delete"):
        address = reverse(f"admin:auth_user_{name}", args=[rows["user"].pk])
        assert client.post(address, {"post": "yes"}).status_code == 403
    assert User.objects.filter(username="root").exists()


def test_administrator_gives_roles_but_makes_no_superuser(signed_in):
    client = signed_in("Administrators")
    newcomer = User.objects.create_user("newcomer")
    address = reverse("admin:auth_user_change", args=[newcomer.pk])
    curators = Group.objects.get(name="Curators")
    data = {"username": "newcomer", "is_active": "on", "is_superuser": "on", "groups": [curators.pk]}
    assert client.post(address, data).status_code == 302
    newcomer.refresh_from_db()
    assert (list(newcomer.groups.all()), newcomer.is_superuser) == ([curators], False)


def test_who_is_given_a_role_may_sign_in_and_without_one_no_more(signed_in):
    client = signed_in("Administrators")
    newcomer = User.objects.create_user("newcomer")
    address = reverse("admin:auth_user_change", args=[newcomer.pk])
    for roles, may_sign_in in ([Group.objects.get(name="Curators").pk], True), ([], False):
        client.post(address, {"username": "newcomer", "is_active": "on", "groups": roles})
        newcomer.refresh_from_db()
        assert newcomer.is_staff == may_sign_in


def test_administrator_touches_no_superuser(signed_in, rows):
    client = signed_in("Administrators")
    root = rows["user"].pk
    assert client.post(reverse("admin:auth_user_change", args=[root]), {"username": "mine"}).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[root])).status_code == 403
    assert client.post(reverse("admin:auth_user_delete", args=[root]), {"post": "yes"}).status_code == 403
    act(client, "auth_user", "delete_selected", [rows["user"]], post="yes")
    assert User.objects.filter(username="root").exists()


def test_roles_are_brought_back_to_what_they_may_do(signed_in):
    curators = Group.objects.get(name="Curators")
    before = set(curators.permissions.all())
    curators.permissions.clear()
    call_command("make_roles", verbosity=0)
    assert set(curators.permissions.all()) == before


def test_command_says_which_roles_it_made(capsys):
    call_command("make_roles")
    assert capsys.readouterr().out == "Curators: made\nEditors: made\nAdministrators: made\n"
    call_command("make_roles")
    assert capsys.readouterr().out == ""
