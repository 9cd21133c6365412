"""Entities beside countries in the languages of diplomacy. All sentences are invented."""

import pytest

from interviews.tagging.tagger import COUNTS_FROM, Tagger

TAGGER = Tagger()


def found(text, language):
    tags = TAGGER.tag([text], language=language)[0]
    return [tag.key for tag in tags if tag.kind != "country" and tag.confidence >= COUNTS_FROM]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ru",
            "Лавров обсудил с Эрдоганом положение в Идлибе и нормандский формат.",
            ["sergey-lavrov", "recep-tayyip-erdogan", "idlib", "normandy-format"],
        ),
        (
            "ru",
            "В Совете Безопасности ООН вспомнили холодную войну и ДНЯО.",
            ["un-security-council", "cold-war", "non-proliferation-treaty"],
        ),
        (
            "fr",
            "Vladimir Poutine, l’Union européenne et l’OTAN; les accords de Minsk",
            ["vladimir-putin", "european-union", "nato", "minsk-package-of-measures"],
        ),
        ("fr", "la guerre froide, le Proche-Orient, la Crimée", ["cold-war", "middle-east", "crimea"]),
        (
            "de",
            "Lawrow sprach im Weißen Haus über die Krim und den Nahen Osten.",
            ["sergey-lavrov", "white-house", "crimea", "middle-east"],
        ),
        ("de", "nach dem Zweiten Weltkrieg im UN-Sicherheitsrat", ["world-war-ii", "un-security-council"]),
        (
            "es",
            "Zelenski en la Casa Blanca; la Guerra Fría; los acuerdos de Minsk",
            ["volodymyr-zelensky", "white-house", "cold-war", "minsk-package-of-measures"],
        ),
        (
            "fr",
            "M. Macron et Mme Merkel répondent à M. Poutine.",
            ["emmanuel-macron", "angela-merkel", "vladimir-putin"],
        ),
        ("de", "Kanzler Scholz und Außenministerin Baerbock", ["olaf-scholz", "annalena-baerbock"]),
        ("es", "Maduro habló en primer lugar. Lugar de encuentro: Ginebra.", ["nicolas-maduro", "geneva"]),
        ("ru", "Абий Ахмед сказал: маска не нужна. Маска упала.", ["abiy-ahmed"]),
        ("ar", "إن شاء الله، قال حسن نصر الله", ["hassan-nasrallah"]),
        (
            "ar",
            "بوتين وبايدن في جنيف؛ مجلس الأمن والناتو",
            ["vladimir-putin", "joe-biden", "geneva", "un-security-council", "nato"],
        ),
        (
            "zh",
            "王毅和拉夫罗夫谈到北约、安理会和一带一路",
            ["wang-yi", "sergey-lavrov", "nato", "un-security-council", "belt-and-road-initiative"],
        ),
    ],
)
def test_entities_are_found_in_the_words_of_a_language(language, text, expected):
    assert found(text, language) == expected
