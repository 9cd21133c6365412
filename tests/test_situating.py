"""The country of an interview, by the name of its place."""

import pytest

from interviews.tagging.situating import country_of


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Rome", "IT"),
        ("Munich, Germany", "DE"),
        ("Washington, D.C.", "US"),
        ("The Kremlin, Moscow", "RU"),
        ("Россия", "RU"),
        ("Palais des Nations, Genève", "CH"),
    ],
)
def test_country_or_capital_in_the_name_tells(place, code):
    assert country_of(place) == code


def test_named_country_counts_before_a_capital_of_the_same_name():
    assert country_of("Tripoli, Lebanon") == "LB"


def test_embassy_stands_where_its_city_lies():
    assert country_of("Embassy of Italy, Cairo") == "EG"


@pytest.mark.parametrize(
    "place", ["", " , ", "The old harbour", "Congo", "Atlanta, Georgia", "Rome / Cairo", "Jerusalem"]
)
def test_what_does_not_tell_or_tells_two_has_no_country(place):
    assert country_of(place) == ""
