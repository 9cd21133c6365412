"""Which language a transcript is in, judged by what is spoken in it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from interviews.ingest.transcript import Problem, Severity

# The languages of diplomacy that the model tells apart well; without the list it takes Russian for its neighbours.
# ruff: noqa: SIM905 - words in a row read better than words in a column
LANGUAGES = """
    ar be bg bs cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ky lt lv mk mn ms nl no pl pt ro ru
    sk sl sq sr sv sw th tr uk ur vi zh
""".split()
ENOUGH = 2000
LEAST_LETTERS = 20
FEWEST_SAMPLES = 4
ENOUGH_OF_TWO = 300
LEAST_DIFFERENCE = 3  # between logarithms of likelihood


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, None where there are hardly any letters."""
    sample = text[:ENOUGH]
    if sum(map(str.isalpha, sample)) < LEAST_LETTERS:
        return None
    return _identifier().classify(sample)[0]


def leaning(text: str, languages: Sequence[str]) -> float:
    """Return how much more likely a text is in the first of two languages than in the second; 0 where it is open."""
    likely = dict(_identifier().rank(text[:ENOUGH_OF_TWO]))
    difference = likely[languages[0]] - likely[languages[1]]
    return difference if abs(difference) >= LEAST_DIFFERENCE else 0


def lone_language(languages: Counter[str]) -> str | None:
    """Return the one language that all samples of a text are in; None where they differ or are too few to tell."""
    return next(iter(languages)) if len(languages) == 1 and languages.total() >= FEWEST_SAMPLES else None


def differing(stated: Sequence[str], found: str | None) -> Iterator[Problem]:
    """Yield a problem where the document states another language than the one its speech is in."""
    stated = next((value.casefold()[:2] for value in stated if value), None)
    if stated and found and stated != found:
        message = f"It says that its language is “{stated}”, but the speech is in “{found}”; that was taken."
        yield Problem("language_differs", None, message, Severity.NOTE)


@cache
def _identifier():
    # Half a second and 30 MB: only who reads transcripts pays for it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    # The choice leaves the numbers of a feature far apart in memory; side by side they are looked up faster.
    identifier.nb_ptc = identifier.nb_ptc.copy(order="C")
    return identifier
