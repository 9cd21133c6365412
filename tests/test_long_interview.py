"""An interview of 120 exchanges: its page stays light, and costs as many queries as a short one."""

import gzip
from random import Random

import pytest

from archive_factory import make_country, make_interview, mention

pytestmark = pytest.mark.django_db
EXCHANGES = 120
BUDGET = 60_000  # bytes of a compressed page


def said(chance, sentences):
    """Sentences of words that occur as often as in a language: few often, many seldom."""
    words = [
        f"{first}{second}{third}" for first in "bdfglmnprst" for second in "aeiou" for third in ("n", "rt", "lis", "vo")
    ]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return " ".join(" ".join(chance.choices(words, weights, k=14)).capitalize() + "." for _ in range(sentences))


@pytest.fixture
def long_talks():
    chance = Random(7)  # noqa: S311 - the same words in every run
    exchanges = [
        (said(chance, 2).replace(".", "?"), f"{said(chance, 3)}\n\n{said(chance, 3)}") for _ in range(EXCHANGES)
    ]
    talks = make_interview(exchanges, slug="long")
    countries = [make_country(code, name) for code, name in (("LY", "Libya"), ("EG", "Egypt"), ("IT", "Italy"))]
    for turn in talks.turns.all():
        mention(turn, chance.choice(countries))
    return talks


def test_page_of_a_long_interview_is_light(client, long_talks):
    page = client.get(long_talks.get_absolute_url()).content
    assert page.count(b'<section class="turn') == 2 * EXCHANGES
    assert len(gzip.compress(page)) < BUDGET


def test_long_interview_beside_its_translation_costs_few_queries(client, long_talks, django_assert_max_num_queries):
    make_interview([("Что?", "Да.")] * EXCHANGES, language="ru", slug="long-ru", translation_of=long_talks)
    with django_assert_max_num_queries(36):
        assert client.get(f"{long_talks.get_absolute_url()}?beside=ru").status_code == 200
