"""Every address ever given out, after all that can happen to an archive, gives what it meant or says why it cannot."""

import pytest

from interviews.models import Entity
from interviews.tagging import editing, merging

from admin_pages import page, submit
from ageing import Document, OldArchive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", [1, 2])
def test_no_address_loses_or_changes_its_meaning(seed, texts, client, admin_client):
    archive = OldArchive(folder=texts.folder, client=client, curator=admin_client, seed=seed)
    history = archive.live_through(times=2)
    assert archive.walk() == {}, history
    assert len(archive.meant) > 100


def test_addresses_hold_where_chance_seldom_leads(texts, client, admin_client):
    archive = OldArchive(folder=texts.folder, client=client, curator=admin_client, seed=0)
    runa, ora = archive.documents
    the_last_answer_gives_way_to_another(archive, runa)
    a_free_address_is_wanted_by_two(archive, runa, ora)
    an_outlet_is_renamed_and_then_merged(archive, ora)
    assert archive.walk() == {}


def the_last_answer_gives_way_to_another(archive, document):
    document.exchanges.pop()
    document.receive()
    archive.remember()
    document.exchanges.append(archive.further.pop())
    document.receive()
    archive.remember()


def a_free_address_is_wanted_by_two(archive, owner, other):
    former = owner.interview.slug
    for document, slug in ((owner, "the-pier"), (other, former)):
        form = page(archive.curator, "interviews_interview_change", document.interview.pk)
        submit(archive.curator, form, slug=slug)
        archive.remember()
    archive.documents.append(Document(owner.path.parent / "third.txt", "Petra Lind", [archive.further.pop()]))
    archive.documents[-1].receive()
    archive.remember()


def an_outlet_is_renamed_and_then_merged(archive, document):
    document.outlet = "Il Faro"
    document.receive()
    archive.remember()
    faro, molo = (Entity.objects.get(kind="outlet", slug=slug) for slug in ("il-faro", "il-molo"))
    editing.edit(faro, by=None, slug="the-beacon", name="Il Faro, the Beacon")
    archive.remember()
    merging.merge(survivor=molo, merged=faro, by=None)
    archive.remember()
