"""One conversation in two languages, side by side: turns that say the same stand beside each other."""

import re

import pytest

from interviews.addresses import remember

from archive_factory import make_interview
from pages_factory import links_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]

ASKED = [("How are the talks?", "They go well, and we hope for more in May."), ("And the fish?", "Plenty.")]
GEFRAGT = [
    ("Wie sind die Gespräche?", "Sie gehen gut, und wir hoffen im Mai auf mehr."),
    ("Und der Fisch?", "Reichlich."),
]


@pytest.fixture
def original():
    return make_interview(GEFRAGT, language="de", slug="hafenbote", title="Gespräche im Hafen")


def translated(original, exchanges=ASKED, **fields):
    return make_interview(exchanges, slug="harbour-post", title="Talks", translation_of=original, **fields)


def pairs_of(response):
    """[(id of the first turn or None, id of the second or None), ...]"""
    html = response.content.decode()
    rows = html.split('<div class="pair">')[2:]
    sides = (re.split('<div class="dialogue"[^>]*>', row)[1:] for row in rows)
    return [
        tuple((found := re.search('<section class="turn[^>]* id="([^"]+)"', side)) and found[1] for side in row)
        for row in sides
    ]


def test_each_answer_stands_beside_the_same_answer_in_the_other_language(client, original):
    response = client.get(f"{translated(original).get_absolute_url()}beside/de/")
    assert pairs_of(response) == [("q1", "de-q1"), ("a1", "de-a1"), ("q2", "de-q2"), ("a2", "de-a2")]


def test_a_turn_that_only_one_language_has_stands_alone(client, original):
    shorter = translated(original, ASKED[1:])
    response = client.get(f"{shorter.get_absolute_url()}beside/de/")
    assert pairs_of(response) == [(None, "de-q1"), (None, "de-a1"), ("q1", "de-q2"), ("a1", "de-a2")]
    assert "Not in the English text" in words_of(response)


def test_the_original_is_named_as_such_from_either_side(client, original):
    translation = translated(original)
    assert "English German , the original" in words_of(client.get(f"{translation.get_absolute_url()}beside/de/"))
    assert "German, the original English" in words_of(client.get(f"{original.get_absolute_url()}beside/en/"))


def test_an_interview_leads_to_its_other_languages_and_to_both_side_by_side(client, original):
    translation = translated(original)
    links = links_of(client.get(translation.get_absolute_url()))
    assert original.get_absolute_url() in links
    assert f"{translation.get_absolute_url()}beside/de/" in links


def test_the_numbers_of_either_side_lead_to_its_own_answers(client, original):
    translation = translated(original)
    links = links_of(client.get(f"{translation.get_absolute_url()}beside/de/"))
    assert {f"{each.get_absolute_url()}a2/" for each in (original, translation)} <= set(links)


def test_no_anchor_of_the_page_stands_twice(client, original):
    html = client.get(f"{translated(original).get_absolute_url()}beside/de/").content.decode()
    anchors = re.findall(' id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))


def test_a_language_that_the_archive_does_not_hold_is_not_found(client, original):
    assert client.get(f"{original.get_absolute_url()}beside/fr/").status_code == 404


def test_a_draft_is_no_version_that_readers_see(client, original):
    translation = translated(original, status="draft")
    assert client.get(f"{original.get_absolute_url()}beside/en/").status_code == 404
    assert translation.get_absolute_url() not in links_of(client.get(original.get_absolute_url()))


def test_a_former_address_leads_to_the_same_two_languages(client, original):
    translation = translated(original)
    remember(interview=translation, former_path="/interviews/2019/12/05/old-name/")
    response = client.get("/interviews/2019/12/05/old-name/beside/de/")
    assert (response.status_code, response["Location"]) == (301, f"{translation.get_absolute_url()}beside/de/")
