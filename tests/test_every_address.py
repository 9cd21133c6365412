"""Every address ever given out, after all that can happen to an archive, gives what it meant or says why it cannot."""

import pytest

from ageing import OldArchive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", [1, 2])
def test_no_address_loses_or_changes_its_meaning(seed, texts, client, admin_client):
    archive = OldArchive(folder=texts.folder, client=client, curator=admin_client, seed=seed)
    history = archive.live_through(times=2)
    assert archive.walk() == {}, history
    assert len(archive.meant) > 100
