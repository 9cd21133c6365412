"""Russian cases by a dictionary, where the optional package of the extra `russian` is installed."""

import functools
from importlib import import_module
from importlib.util import find_spec

LIBRARY = "pymorphy3"
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
MOST_WORDS = 4


@functools.cache
def analyzer():
    """The dictionary, loaded once a process; None where it is not installed."""
    return import_module(LIBRARY).MorphAnalyzer() if find_spec(LIBRARY) else None


def inflected(name: str) -> list[str]:
    """Return a Russian name in its six cases, all words that agree in one of them; [] where the library is missing.

    What follows the first noun stays as it is: it is a genitive already.
    """
    words = name.split(" ")
    if analyzer() is None or len(words) > MOST_WORDS:
        return []
    rows = [[form] * len(CASES) for form in words]
    for index, word in enumerate(words):
        reading = nominative(word)
        if reading is None:
            break
        rows[index] = [in_case(reading, word, case) for case in CASES]
        if "NOUN" in reading.tag and not {"Name", "Patr", "Surn"} & set(reading.tag.grammemes):
            break
    return [" ".join(forms) for forms in zip(*rows, strict=True)]


def nominative(word: str):
    """The likeliest reading of a word as a nominative that is declined; None if it has none."""
    readings = analyzer().parse(word) if word.isalpha() and not word.isupper() else []
    declined = (reading for reading in readings if "nomn" in reading.tag and "Fixd" not in reading.tag)
    return next(declined, None)


def in_case(reading, word: str, case: str) -> str:
    """A word in a case and in the number it has, with the capital letter it has; itself where there is no such form."""
    number = {reading.tag.number} if reading.tag.number else set()
    form = reading.inflect({case} | number)
    if form is None:
        return word
    return form.word.capitalize() if word[0].isupper() else form.word
