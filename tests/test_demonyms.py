"""Names and demonyms of countries in the languages of diplomacy beside English. All sentences are invented."""

import pytest

from interviews.tagging.gazetteer import load_gazetteer
from interviews.tagging.inflection import forms_of
from interviews.tagging.tagger import Tagger

TAGGER = Tagger()
WITH_DEMONYMS = ("ru", "fr", "de", "es", "ar")


def codes(text, language):
    return [tag.key for tag in TAGGER.tag([text], language=language)[0] if tag.kind == "country"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Замбийские и лаосские послы беседовали с исландцами.", ["ZM", "LA", "IS"]),
        ("ru", "Он приветствовал камбоджийскую делегацию.", ["KH"]),
        ("fr", "Les ministres béninois et la présidente hondurienne", ["BJ", "HN"]),
        ("fr", "une entreprise guatémaltèque et des ports sahraouis", ["GT", "EH"]),
        ("de", "Die sambische Regierung und die Kambodschaner", ["ZM", "KH"]),
        ("de", "ein US-amerikanischer Vorschlag", ["US"]),
        ("es", "Los diplomáticos rusos, la embajadora francesa y unas empresas alemanas", ["RU", "FR", "DE"]),
        ("es", "Los iraníes y los israelíes; la delegación marroquí; los daneses", ["IR", "IL", "MA", "DK"]),
        ("es", "EE. UU., la República Popular China y Arabia Saudita", ["US", "CN", "SA"]),
        ("es", "La capital estadounidense; los británicos", ["US", "GB"]),
        ("ar", "السفير الروسي والوزيرة الفرنسية", ["RU", "FR"]),
        ("ar", "للسوريين وبالإيرانيين", ["SY", "IR"]),
        ("ar", "الولايات المتحدة الأميركية والاتحاد السوفياتي", ["US", "SU"]),
        ("ar", "الكوريون الشماليون والكورية الجنوبية", ["KP", "KR"]),
        ("zh", "俄方表示愿意，美方没有答复。", ["RU", "US"]),
        ("zh", "中美关系和俄乌谈判", ["CN", "US", "RU", "UA"]),
        ("zh", "其中法国代表在会谈中表示，美中不足", ["FR"]),
        ("zh", "沙特和阿联酋", ["SA", "AE"]),
    ],
)
def test_demonyms_and_short_names_are_found(language, text, expected):
    assert codes(text, language) == expected


@pytest.mark.parametrize(
    ("demonym", "language", "expected"),
    [
        ("francés", "es", {"francesa", "franceses", "francesas", "Francesas"}),
        ("alemán", "es", {"alemana", "alemanes"}),
        ("letón", "es", {"letona", "letones"}),
        ("español", "es", {"española", "españoles"}),
        ("iraquí", "es", {"iraquíes", "iraquís"}),
        ("estadounidense", "es", {"estadounidenses"}),
        ("croata", "es", {"croatas"}),
        ("mongol", "es", {"mongola", "mongoles"}),
        ("روسي", "ar", {"الروسي", "روسية", "الروسية", "للروس" + "يين", "والروسيون"}),
    ],
)
def test_demonyms_change_by_gender_and_number(demonym, language, expected):
    assert expected <= set(forms_of(demonym, language, people=True))


@pytest.mark.parametrize("language", WITH_DEMONYMS)
def test_states_that_interviews_speak_of_most_have_demonyms(language):
    spoken_of = "RU US CN GB FR DE UA SY IR IQ IL PS LY EG TR SA JP KP IN PK AF IT ES PL RS GE AM AZ KZ BY CU VE SU"
    countries = load_gazetteer().countries
    assert [code for code in spoken_of.split() if not countries[code].demonyms_in(language)] == []
