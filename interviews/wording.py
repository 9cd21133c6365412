"""Numbers, languages and questions as a reader reads them."""

from functools import lru_cache

from django.utils.translation import get_language_info

from interviews.asking import asked_in

# Django knows Chinese only as simplified or traditional.
OTHER_LANGUAGES = {"zh": ("Chinese", "中文")}


def counted(number, noun):
    """1 answer, 12 answers, 1,234 answers. A noun with another plural gives both: "country/countries"."""
    one, _, many = noun.partition("/")
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def ranged(first, last, total, noun):
    """Answers 41 to 60 of 1,234; of a single one: Answer 61 of 61."""
    if first == last:
        return f"{noun} {last:,} of {total:,}"
    return f"{noun}s {first:,} to {last:,} of {total:,}"


def figure(number):
    """A number of a table: 1,234; of a rate as many digits as mean something: 123, 12.3, 0.45; a dash for None."""
    if number is None:
        return "–"
    if isinstance(number, int) or number >= 100 or not number:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 1 else f"{number:.2g}"


@lru_cache(maxsize=500)
def language_names(code):
    """The name of a language in English and its own; the code itself for both where none is known."""
    try:
        known = get_language_info(code)
    except KeyError:
        return OTHER_LANGUAGES.get(code, (code, code))
    return known["name"], known["name_local"]


def language_name(code):
    """English for en; the code itself where no name is known."""
    return language_names(code)[0]


def own_language_name(code):
    """Русский for ru; the code itself where no name is known."""
    name = language_names(code)[1]
    return name[:1].upper() + name[1:]


def shortened_question(text, longest=110):
    """Return the question on one line of at most `longest` characters: a long one as what it asks, without preamble."""
    line = " ".join(text.split())
    return line if len(line) <= longest else asked_in(line, longest)
