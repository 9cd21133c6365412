"""What is suggested while a search is typed."""

import pytest

from interviews.models import Alias, Entity
from interviews.search.index.upkeep import reindex

from archive_factory import make_corridor, make_country, make_entity, make_interview, mention
from pages_factory import total_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


@pytest.fixture
def archive():
    make_corridor()
    reindex()


def suggested(client, query):
    """{label of a group: [(label, count), ...]} for what is typed, each count checked against its search."""
    groups = client.get(f"/search/suggest/?q={query}").json()["groups"]
    for suggestion in (suggestion for group in groups for suggestion in group["suggestions"]):
        assert total_of(client, suggestion["url"]) == suggestion["count"] > 0
    return {group["label"]: [(each["label"], each["count"]) for each in group["suggestions"]] for group in groups}


def test_beginning_of_any_word_of_a_name_suggests_its_bearer(client, archive):
    assert suggested(client, "mor") == {"Speakers": [("Ilan Moreau", 4)]}
    assert suggested(client, "harbour") == {"Outlets": [("Harbour Post", 4)]}
    assert suggested(client, "week") == {"Outlets": [("Lighthouse Weekly", 2)]}


def test_names_that_begin_alike_stand_in_groups(client, archive):
    assert suggested(client, "li") == {
        "Speakers": [("Livia Ödegaard", 2)],
        "Outlets": [("Lighthouse Weekly", 2)],
        "Countries": [("Libya", 2)],
    }


@pytest.mark.parametrize("typed", ["ливи", "Ливия", "LIBY", "libyan"])
def test_country_is_suggested_by_its_name_in_any_script_and_case(client, archive, typed):
    assert suggested(client, typed)["Countries"] == [("Libya", 2)]


def test_accents_need_not_be_typed(client, archive):
    assert suggested(client, "odeg") == {"Speakers": [("Livia Ödegaard", 2)]}


def test_name_in_other_letters_finds_its_bearer(client, archive):
    assert suggested(client, "море") == {"Speakers": [("Ilan Moreau", 4)]}


def test_frequent_phrase_is_suggested_as_it_is_written_with_its_count(client, archive):
    assert suggested(client, "corr")["Phrases"][0] == ("grain corridor", 6)


def test_phrase_neither_begins_nor_ends_with_an_empty_word(client, archive):
    assert suggested(client, "fleet") == {}


def test_words_before_the_one_being_typed_stay_and_narrow(client, archive):
    assert suggested(client, "nothing+mor") == {"Speakers": [("Ilan Moreau", 2)]}
    assert suggested(client, "nothing+corr") == {"Phrases": [("Grain Corridor", 3)]}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("speaker:li", {"Speakers": [("Livia Ödegaard", 2)]}),
        ("Outlet:li", {"Outlets": [("Lighthouse Weekly", 2)]}),
        ("country:li", {"Countries": [("Libya", 2)]}),
        ("about:li", {"Countries": [("Libya", 2)]}),
        ('nothing+speaker:"ilan+mor', {"Speakers": [("Ilan Moreau", 2)]}),
        ("speaker:harbour", {}),
        ("speaker:l", {}),
        ("(speaker:mor", {}),
    ],
)
def test_behind_a_field_only_its_values_are_suggested(client, archive, typed, expected):
    assert suggested(client, typed) == expected


def test_few_letters_mean_a_name_in_another_language_only_where_nothing_is_called_so(client):
    talks = make_interview([("And the union?", "It grows.")])
    molavia, euboea = make_country("MX", "Molavia"), make_entity("place", "Euboea")
    Alias.objects.create(entity=molavia, text="EUM", language="pt")
    mention(talks.turns.get(number="q1"), molavia, euboea)
    reindex()
    assert suggested(client, "eu") == {"Places": [("Euboea", 1)]}
    assert suggested(client, "eum") == {"Countries": [("Molavia", 1)]}


def test_name_does_not_begin_with_an_empty_word_in_it(client):
    talks = make_interview([("And the council?", "It met.")])
    mention(talks.turns.get(number="q1"), make_entity("organisation", "Council of Molavia"))
    reindex()
    assert suggested(client, "of") == {}
    assert suggested(client, "council+of") == {"Organisations": [("Council of Molavia", 1)]}


def test_filters_stay_and_narrow(client, archive):
    assert suggested(client, "lib&speaker=ilan-moreau") == {"Countries": [("Libya", 2)]}
    assert suggested(client, "lib&country=EG") == {"Countries": [("Libya", 2)]}
    assert suggested(client, "lib&year=2019") == {}


def test_nobody_is_suggested_of_whom_there_is_no_answer(client, archive):
    make_entity("person", "Morgan Vale")
    assert suggested(client, "morg") == {}


def test_merged_entity_suggests_the_one_it_was_merged_into(client):
    make_interview(speaker="Ilan Moreau")
    reindex()
    moreau = Entity.objects.get(slug="ilan-moreau")
    Entity.objects.create(kind="person", name="Commodore", slug="commodore", merged_into=moreau)
    assert suggested(client, "comm") == {"Speakers": [("Ilan Moreau", 1)]}


def test_at_most_ten_are_suggested_and_every_group_has_its_share(client):
    for number in range(12):
        talks = make_interview(
            [("And the mole?", "It stands.")], speaker=f"Mola Ek {number}", outlet=f"Mole Press {number}"
        )
        mention(talks.turns.get(number="q1"), make_country(f"X{chr(65 + number)}", f"Molavia {number}"))
    reindex()
    groups = suggested(client, "mol")
    assert sum(map(len, groups.values())) == 10
    assert {"Speakers", "Outlets", "Countries"} <= groups.keys()


@pytest.mark.parametrize(
    "typed", ["", "l", "+", "%22lib", "-speaker:mor", "title:mor", "-mor", "(lib", "lib" * 40, "%00", "%FF%FE", "***"]
)
def test_nothing_is_suggested_for_too_little_too_much_or_what_is_no_beginning_of_words(client, archive, typed):
    assert suggested(client, typed) == {}


@pytest.mark.parametrize(
    "typed", ["<script>", "((((((", "a" * 5000, "%F0%9F%98%80lib", "OR+OR", "lib+%00", "mor&country=%00"]
)
def test_whatever_is_typed_gives_an_answer(client, archive, typed):
    response = client.get(f"/search/suggest/?q={typed}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")


def test_suggestions_may_be_kept_for_a_minute(client, archive):
    assert client.get("/search/suggest/?q=lib")["Cache-Control"] == "public, max-age=60"


def test_without_an_index_nothing_is_suggested(client):
    make_interview()
    assert suggested(client, "mor") == {}


def test_search_box_of_every_page_knows_where_suggestions_come_from(client, archive):
    for address in ("/", "/search/", "/about/", "/nothing/"):
        assert 'data-suggestions="/search/suggest/"' in client.get(address).content.decode()
