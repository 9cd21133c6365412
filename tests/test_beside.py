"""Two versions of one conversation, turn beside turn."""

import re

import pytest

from interviews.addresses import remember
from interviews.translations import aligned

from archive_factory import make_country, make_interview, mention
from pages_factory import links_of, words_of

pytestmark = pytest.mark.django_db
EXCHANGES = [
    ("What of the 14 ferries?", "They lie in port since May, and nobody can say who may let them sail again."),
    ("Why?", "Ask others."),
    ("Did 300 people sign the letter of the skippers to your ministry last week?", "Yes, 300 did."),
    ("And the dam?", "It will be built, as we said in 2011, and as we shall say until it stands there."),
]
RUSSIAN = [
    ("Что с 14 паромами?", "Они стоят в порту с мая, и никто не может сказать, кто разрешит им выйти в море."),
    ("Почему?", "Спросите других."),
    ("Подписали ли 300 человек письмо шкиперов вашему министерству на прошлой неделе?", "Да, 300 подписали."),
    ("А плотина?", "Её построят, как мы сказали в 2011 году и будем говорить, пока она не встанет."),
]


def paired(here, there):
    """[(number here, number there), ...] of two lists of exchanges."""
    sides = (list(make_interview(exchanges).turns.with_voices()) for exchanges in (here, there))
    return [tuple(turn and turn.number for turn in pair) for pair in aligned(*sides)]


@pytest.fixture
def versions():
    original = make_interview(RUSSIAN[1:], language="ru", title="Паромы", slug="ferries-ru", statements=["Спасибо."])
    english = make_interview(EXCHANGES, title="Ferries", slug="ferries", translation_of=original)
    return english, original


def test_turns_stand_beside_their_translations():
    assert paired(EXCHANGES, RUSSIAN) == [(f"{kind}{number}",) * 2 for number in range(1, 5) for kind in "qa"]


@pytest.mark.parametrize("missing", range(4))
def test_exchange_that_one_version_lacks_has_no_counterpart_and_the_rest_stays_in_place(missing):
    shorter = RUSSIAN[:missing] + RUSSIAN[missing + 1 :]
    pairs = paired(EXCHANGES, shorter)
    assert [pair for pair in pairs if None in pair] == [(f"q{missing + 1}", None), (f"a{missing + 1}", None)]
    assert len(pairs) == 8


def test_versions_that_each_lack_another_exchange_stay_aligned():
    pairs = paired(EXCHANGES[:1] + EXCHANGES[2:], RUSSIAN[:3])
    assert ("q2", "q3") in pairs
    assert ("a2", "a3") in pairs
    assert {("q3", None), ("a3", None), (None, "q2"), (None, "a2")} < set(pairs)


def test_question_never_stands_beside_an_answer():
    assert set(paired([("Who?", None)], [(None, "I.")])) == {("q1", None), (None, "a1")}


def test_versions_stand_side_by_side_each_in_its_language_with_its_own_permalinks(client, versions):
    english, original = versions
    response = client.get(f"{english.get_absolute_url()}?beside=ru")
    page, html = words_of(response), response.content.decode()
    assert "English translation, read alone" in page.replace(" ,", ",")
    assert "Русский original, read alone" in page.replace(" ,", ",")
    assert {
        english.turns.get(number="a2").get_absolute_url(),
        original.turns.get(number="a1").get_absolute_url(),
    } < set(links_of(response))
    assert page.index("Ask others.") < page.index("Спросите других.") < page.index("Yes, 300 did.")
    assert 'id="a2"' in html
    assert 'id="ru-a1"' in html
    assert html.count('id="ru-a1"') == 1


def test_turn_without_a_counterpart_says_so(client, versions):
    page = words_of(client.get(f"{versions[0].get_absolute_url()}?beside=ru"))
    assert page.count("Not in the Russian version") == 2
    assert page.count("Not in the English version") == 1


@pytest.mark.parametrize("language", ["de", "en", "ru-", "%00", "x" * 300])
def test_language_in_which_the_conversation_is_not_here_is_not_found(client, versions, language):
    assert client.get(f"{versions[0].get_absolute_url()}?beside={language}").status_code == 404


def test_interview_leads_to_its_other_languages_and_to_both_side_by_side(client, versions):
    english, original = versions
    assert "Translation; also in Русский , the original" in words_of(client.get(english.get_absolute_url()))
    links = links_of(client.get(original.get_absolute_url()))
    assert {english.get_absolute_url(), f"{original.get_absolute_url()}?beside=en"} <= set(links)


def test_no_anchor_of_the_page_stands_twice(client, versions):
    html = client.get(f"{versions[0].get_absolute_url()}?beside=ru").content.decode()
    anchors = re.findall(' id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))


def test_draft_is_no_version_that_readers_see(client, versions):
    english, original = versions
    type(english).objects.filter(pk=english.pk).update(status="draft")
    assert client.get(f"{original.get_absolute_url()}?beside=en").status_code == 404
    assert english.get_absolute_url() not in links_of(client.get(original.get_absolute_url()))


def test_former_address_leads_to_the_same_two_languages(client, versions):
    english, _ = versions
    remember(interview=english, former_path="/interviews/2019/12/05/old-name/")
    response = client.get("/interviews/2019/12/05/old-name/?beside=ru")
    assert (response.status_code, response["Location"]) == (301, f"{english.get_absolute_url()}?beside=ru")


def test_courtesies_are_hidden_in_both_versions(client, versions):
    english, original = versions
    english.turns.filter(number__in=["q2", "a2"]).update(courtesy=True)
    original.turns.filter(number__in=["q1", "a1"]).update(courtesy=True)
    client.get(f"{english.get_absolute_url()}?courtesies=hidden")
    assert "Q2, A2 hidden" in words_of(client.get(f"{english.get_absolute_url()}?beside=ru"))


def test_number_of_queries_does_not_grow_with_the_turns(client, versions, django_assert_max_num_queries):
    for version in versions:
        for turn in version.turns.all():
            mention(turn, make_country("LY", "Libya"))
    with django_assert_max_num_queries(32):
        client.get(f"{versions[0].get_absolute_url()}?beside=ru")
