"""Numbers, languages and questions as a reader reads them."""

import re
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import get_language_info

# Django knows Chinese only as simplified or traditional.
OTHER_LANGUAGES = {"zh": ("Chinese", "中文")}

# Where a sentence ends, with the space behind it; not behind initials and titles (U.S., J. Smith, Mr. Smith). It begins
# with the sign that ends it, so that most of a text is passed over at once.
SENTENCE_END = re.compile(
    r"[.!?؟…。！？](?:(?<=[。！？])[”’」』）]*\s*"
    r"|(?<![.!?؟…].)(?<!\b\w\.)(?<!\b[DM][rs]\.)(?<!\bMrs\.)[.!?؟…]*[\"”’»)]*\s++(?![a-zа-яё]))"
)
ASKS = re.compile(r"[?؟？][\"”’»)」』）]*$")


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


def shortened_question(text, longest=110):
    """Return the question on one line of at most `longest` characters.

    Of a long one the first sentence that asks something is kept, with as many sentences before it as there is room
    for; what is still too long ends in “…”.
    """
    line = " ".join(text.split())
    if len(line) > longest:
        line = _asking_part(line, longest)
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,:") + "…"


def _asking_part(line, longest):
    starts = [0, *(end.end() for end in SENTENCE_END.finditer(line))]
    sentences = list(pairwise([*starts, len(line)]))
    asking = next(((start, end) for start, end in sentences if ASKS.search(line[start:end].rstrip())), None)
    if asking is None:
        return line
    start, end = asking
    first = next((other for other in starts if end - longest <= other <= start), start)
    return line[first:end].rstrip()
