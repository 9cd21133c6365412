"""Names so alike that two entries may be one: suggested, told apart, never merged by themselves."""

import random

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from interviews.models import Alias, Curation, Entity
from interviews.tagging.curate import undo
from interviews.tagging.duplicates import Candidate, suggestions
from interviews.tagging.merging import merge
from interviews.tagging.telling_apart import possible_duplicates, tell_apart

from admin_pages import HOSTILE, page
from archive_factory import make_country, make_entity, make_interview, mention
from growing import grows_faster
from pages_factory import words_of

ADDRESS = "/admin/interviews/entity/duplicates/"


def are_suggested(one, other, *, kind="person", **facts):
    """Whether two names of a kind are suggested as one; a name of several parts in a list has other names."""
    named = [names if isinstance(names, tuple) else (names,) for names in (one, other)]
    candidates = [Candidate(key, kind, names) for key, names in enumerate(named)]
    return bool(suggestions(candidates))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilan Moreau", "Moreau, Ilan"),
        ("Ilan Moreau", "ILAN MOREAU"),
        ("Ilan Moreau", "Ilan Moreaux"),
        ("Ilan Moreau", "I. Moreau"),
        ("Ilan P. Moreau", "I.P. Moreau"),
        ("Ilan Moreau", "Ilan P. Moreau"),
        ("Sergey Velanov", "С.В. Веланов"),
        ("Sergey Velanov", "Сергей Веланов"),
        ("Livia Ödegaard", "Livia Odegaard"),
        ("Ilan Moreau", ("The Envoy", "Ilan Moreau")),
    ],
)
def test_names_of_one_person_are_suggested(one, other):
    assert are_suggested(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilan Moreau", "Livia Moreau"),
        ("Ilan Moreau", "L. Moreau"),
        ("I. Moreau", "I. Velt"),
        ("Ilan Moreau", "Ilan Velt"),
        ("Ana Velt", "Moreau"),
    ],
)
def test_names_of_two_persons_are_not(one, other):
    assert not are_suggested(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North Harbour Council", "South Harbour Council"),
        ("Korvat Resolution 2510", "Korvat Resolution 2511"),
        ("Treaty of 1987", "Treaty of 1988"),
        ("NLC", "NLD"),
    ],
)
def test_numbers_directions_and_acronyms_make_two_of_what_looks_alike(one, other):
    assert not are_suggested(one, other, kind="organisation")


def test_two_identifiers_or_states_or_rows_of_the_data_files_are_two():
    twins = {"kind": "person", "names": ("Ilan Moreau",)}
    assert suggestions([Candidate(1, **twins), Candidate(2, **twins)])
    for name, values in (("wikidata", ("Q1", "Q2")), ("country", (7, 8)), ("is_known", (True, True))):
        one, other = (Candidate(key, **twins, **{name: value}) for key, value in enumerate(values))
        assert suggestions([one, other]) == []


def test_kinds_are_not_compared_with_each_other():
    assert suggestions([Candidate(1, "person", ("Velt",)), Candidate(2, "place", ("Velt",))]) == []


def test_likeliest_comes_first_and_each_pair_once():
    names = ["Ilan Moreau", "I. Moreau", "Moreau Ilan"]
    found = suggestions([Candidate(key, "person", (name,)) for key, name in enumerate(names)])
    assert [each.pair for each in found] == [(0, 2), (0, 1)]
    assert found[0].why == "both are called “Ilan Moreau”"


def test_work_grows_with_the_entities_and_not_with_their_square():
    chosen = random.Random(5)  # noqa: S311 - names, no secrets
    parts = ["ka", "lo", "mi", "ve", "ra", "to", "ne", "su", "di", "ber", "gan", "hol", "rik", "sta", "wen"]

    def word(length):
        return "".join(chosen.choice(parts) for _ in range(length)).title()

    candidates = [Candidate(n, "person", (f"{word(2)} {word(4)}", f"{word(2)} {word(4)}")) for n in range(2000)]
    assert not grows_faster(suggestions, lambda count: candidates[:count], 1000)


@pytest.fixture
def twins(db):
    """Two entries, the second mentioned in an interview."""
    other = make_entity("person", "Ilan P. Moreau")
    one = make_entity("person", "I. Moreau")
    Alias.objects.create(entity=one, text="the Envoy")
    mention(make_interview(speaker="Ana Velt").turns.get(number="a1"), other)
    return one, other


def test_pair_of_the_archive_is_suggested_until_it_is_told_apart(twins, admin_user):
    one, other = twins
    assert [each.pair for each in possible_duplicates()] == [(other.pk, one.pk)]
    act = tell_apart(one=one, other=other, by=admin_user, reason="Brothers.")
    assert possible_duplicates() == []
    assert (act.act, act.by, act.reason) == ("differ", admin_user, "Brothers.")
    undo(act, by=admin_user)
    assert len(possible_duplicates()) == 1


def test_what_is_merged_and_countries_are_not_suggested(twins):
    one, other = twins
    merge(survivor=one, merged=other, by=None)
    make_country("NO", "Norway")
    make_entity("country", "Norway", slug="norway-2")
    assert possible_duplicates() == []


def test_curators_see_both_sides_and_the_way_to_the_merge(admin_client, twins):
    one, other = twins
    response = admin_client.get(ADDRESS)
    words = words_of(response)
    assert "1 pair of entries" in words
    assert "1 mention in 1 interview" in words
    assert "also called the Envoy" in words
    merge_page = f"{reverse('admin:interviews_entity_merge', args=[other.pk])}?merged={one.pk}"
    assert merge_page in response.content.decode()
    assert admin_client.get(merge_page).status_code == 200


def test_curators_tell_a_pair_apart(admin_client, admin_user, twins):
    one, other = twins
    response = admin_client.post(ADDRESS, {"one": one.pk, "other": other.pk}, follow=True)
    assert "are two, and suggested no more" in words_of(response)
    act = Curation.objects.get()
    assert (act.act, act.entity, act.other, act.by) == ("differ", one, other, admin_user)
    admin_client.post(reverse("admin:interviews_curation_undo", args=[act.pk]))
    assert "1 pair of entries" in words_of(admin_client.get(ADDRESS))


@pytest.mark.parametrize("sent", [{}, {"one": "x", "other": "1"}, {"one": "99999999999999999999", "other": "1"}])
def test_pair_that_is_not_there_is_told(admin_client, twins, sent):
    assert "not here any more" in words_of(admin_client.post(ADDRESS, sent, follow=True))


def test_an_entry_is_not_told_apart_from_itself(admin_client, twins):
    one, _ = twins
    response = admin_client.post(ADDRESS, {"one": one.pk, "other": one.pk}, follow=True)
    assert "one and the same" in words_of(response)
    assert not Curation.objects.exists()


def test_one_kind_is_shown(admin_client, twins):
    assert "1 pair" in words_of(page(admin_client, "interviews_entity_duplicates", kind="person"))
    assert "No two entries" in words_of(page(admin_client, "interviews_entity_duplicates", kind="place"))
    assert "1 pair" in words_of(page(admin_client, "interviews_entity_duplicates", kind="<x>"))


def test_hostile_names_are_shown_harmlessly(admin_client, db):
    for slug in ("one", "two"):
        Entity.objects.create(kind="person", slug=slug, name=HOSTILE)
    response = admin_client.get(ADDRESS)
    assert "1 pair" in words_of(response)
    assert HOSTILE not in response.content.decode()


def test_number_of_queries_does_not_grow_with_the_pairs(admin_client, db, django_assert_max_num_queries):
    for number in range(30):
        for slug in ("one", "two"):
            make_entity("place", f"Harbour of Korvat {chr(97 + number)}", slug=f"{slug}-{number}")
    with django_assert_max_num_queries(14):
        assert "these are 25 of them" in words_of(admin_client.get(ADDRESS))


def test_page_is_for_those_who_may_change_entities(client, db):
    client.force_login(User.objects.create_user("colleague", is_staff=True))
    assert client.get(ADDRESS).status_code == 403
