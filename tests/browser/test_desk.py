"""Every page of the desk that a role leads to: accessible, within its edges, and without a complaint of the browser."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse

from interviews.models import Entity, Interview, Mention, Rule, Turn
from interviews.search.index.upkeep import reindex
from interviews.tagging.curate import confirm, decide
from interviews.tagging.history import record
from interviews.tagging.merging import merge
from interviews.tagging.rules import save

from archive_factory import make_entity
from desk import faults_of_desk
from ingesting import TEXT, UNDATED, ingest

LONG_WORD = "Wintersteinburg" * 12
# What an editor reaches an administrator reaches too, and finds the same there.
PAGES_OF_ROLES = {
    "Curators": {"entity/add", "entity/…/change", "entity/…/merge", "entity/import", "mention/review", "rule/…/remove"},
    "Administrators": {
        "interview/…/publish",
        "interview/…/turns",
        "source/add",
        "conflict/…/change",
        "user/add",
        "user/…/change",
        "user/…/delete",
        "user/…/history",
        "user/…/password",
    },
}


@pytest.fixture
def curated(transactional_db, texts):
    """A draft with problems, a text that two disagree about, and one act of each sort."""
    ingest(texts("undated.txt", UNDATED.replace("Who pays for", f"{LONG_WORD}, who pays for")))
    path = texts("ferry.txt", TEXT.replace("ferry", "café").encode("cp1252"))
    ingest(path)
    interview = Interview.objects.get(date__isnull=False)
    Interview.objects.filter(pk=interview.pk).update(title=f"Cafés of {LONG_WORD}")
    path.write_bytes(TEXT.replace("ferry", "café").replace("Foreign Minister", "Minister", 1).encode("cp1252"))
    ingest(path)
    answer = interview.turns.get(number="a1")
    Turn.objects.filter(pk=answer.pk).update(text=f"{answer.text} {'Then it rained. ' * 900}", source_text=answer.text)
    libya = Entity.objects.get(kind="country", name="Libya")
    libya.aliases.create(text="Great Jamahiriya", language="en", kind="former")
    interview.turns.get(number="q1").mentions.update(confidence=60)
    confirm(turn=answer, entity=libya, by=None, reason="He means the state.")
    decide(mention=Mention.objects.filter(entity__name="Egypt").first(), verdict="reject", by=None)
    save(Rule(surface="January", verdict="reject"), by=None)
    names = ["Sea Council", "Council of the Sea", "Lighthouse Office", "Office, Lighthouse"]
    one, other, *_ = [make_entity("organisation", name) for name in names]
    merge(survivor=one, merged=other, by=None)
    record("create", by=None, entity=one, detail={"name": one.name, "decision": None})
    reindex()
    return interview


@pytest.fixture
def signed_in(curated, client, context, site, page):
    """A function that gives a browser in which somebody with a role has signed in."""
    call_command("make_roles", verbosity=0)

    def sign_in(role):
        somebody = User.objects.create_user(role.lower(), is_staff=True)
        somebody.groups.add(Group.objects.get(name=role))
        client.force_login(somebody)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        return page

    User.objects.create_user("nobody")
    return sign_in


def pages_without_links(interview):
    """Pages with what only some links of the desk ask of them."""
    entity, unused = Entity.objects.get(name="Sea Council"), Entity.objects.get(name="Lighthouse Office")
    mention = Mention.objects.filter(turn__interview=interview).first()
    return [
        f"{reverse('admin:interviews_mention_review')}?interview={interview.pk}&sure=on",
        f"{reverse('admin:interviews_mention_words')}?surface={mention.surface}&state=all",
        f"{reverse('admin:interviews_rule_add')}?mention={mention.pk}",
        f"{reverse('admin:interviews_entity_merge', args=[entity.pk])}?merged={unused.pk}",
        reverse("admin:interviews_entity_change", args=[mention.entity_id]),
        reverse("admin:interviews_entity_delete", args=[unused.pk]),
        reverse("admin:interviews_interview_change", args=[interview.pk]),
        reverse("admin:interviews_interview_change", args=[Interview.objects.get(date=None).pk]),
        reverse("admin:interviews_turn_change", args=[interview.turns.get(number="a1").pk]),
    ]


@pytest.mark.parametrize("role", PAGES_OF_ROLES)
def test_every_page_that_a_role_reaches_is_accessible_and_fits(signed_in, curated, site, role):
    opened, wrong = faults_of_desk(signed_in(role), site, *pages_without_links(curated))
    reached = {
        kind.removeprefix("/admin/").removeprefix("interviews/").removeprefix("auth/").rstrip("/") for kind in opened
    }
    assert reached >= PAGES_OF_ROLES[role]
    assert wrong == {}
