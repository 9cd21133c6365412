"""What stands between and inside speeches and was not said: headings, a narrator's remarks, directions, page marks."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from interviews.ingest.furniture import CLOSED, STOP
from interviews.ingest.lines import Fragment
from interviews.ingest.narration import introduces, may_be_said, names_section
from interviews.ingest.speeches import Speech
from interviews.ingest.words import key, letters_of, words_of

QUOTED = re.compile(r"""[«“„"‘「][^«»“”„"‘’「」]+[»”“"’」]""")
CLOCK = re.compile(r"\d[:.]\d\d")
DIRECTION = re.compile(r"[(\[][^()\[\]]{1,200}[)\]]\W?")
TAKEN_UP = re.compile(r"[,(]?\s?c[ao]nt(?:inued|['’]?d)?[\s.]{0,3}[:)]", re.IGNORECASE)
TAKEN_UP_LINE = re.compile(
    r"(?:\(\s?)?(?P<label>[^\W\d_][\w.]{0,20}(?:\s[^\W\d_]\w{0,20})?)\s?\d{0,3}\s?,?\s?\(?\s?c[ao]nt(?:inued|['’]?d)?[\s.]{0,3}[:)][\s:]*",
    re.IGNORECASE,
)
LEAST_QUOTE, LONGEST_QUOTE, MOST_QUOTES = 15, 250, 50
FAXED = re.compile(r"Fax from(?:\s|$)(?:[\d/:\sP]{3,12}$)?")
HEADING_LENGTH, HEADING_WORDS = 70, 10
PROSE = 60
FEWEST = 2
FINISHED_SHARE = 0.9


def joined_over_pages(speeches: Sequence[Speech]) -> tuple[list[Speech], list[Fragment]]:
    """Return the speeches with those joined that a page had cut (“PM (cont):”), and the labels of the later parts."""
    joined, marks = [], []
    for speech in speeches:
        if joined and _goes_on(joined[-1], speech):
            joined[-1] = replace(joined[-1], body=joined[-1].body + speech.body)
            marks += (speech.mark, *speech.repeated)
        else:
            joined.append(speech)
    return joined, marks


def _goes_on(before, speech):
    found = TAKEN_UP.search(speech.mark.text) if speech.mark and before.label else None
    return bool(found) and _bare(speech.mark.text[: found.start()]) == _bare(before.label)


def _bare(label):
    """Return a label without the number of the page that a scanner put behind it."""
    return key(label).rstrip("0123456789 ")


def after_page_mark(fragment: Fragment, label: str | None) -> int:
    """Return where the words begin in a line that opens with its speaker's label and “cont.” (“PM, cont: …”), or 0.

    Or with what a fax machine set above the page: “Fax from”.
    """
    if faxed := FAXED.match(fragment.text):
        return faxed.end()
    found = TAKEN_UP_LINE.match(fragment.text) if label else None
    return found.end() if found and _bare(found["label"]) == _bare(label) else 0


def with_directions(speeches: Sequence[Speech]) -> Iterator[Speech]:
    """Yield the speeches; where the event pauses or ends below the last words, that line stands alone.

    Nobody speaks “(Commercial break)” or “(The briefing was concluded at 2:10 p.m.)”. “(Laughter.)” is how the words
    before it were received: it stays with them.
    """
    for speech in speeches:
        *words, last = speech.body
        if not words or not DIRECTION.fullmatch(last.text) or not _tells_of_pause(last.text):
            yield speech
            continue
        yield replace(speech, body=tuple(words))
        yield Speech(None, None, (last,), "moderator")


def _tells_of_pause(text):
    return bool(CLOCK.search(text)) or not words_of("pauses").isdisjoint(key(text).split())


def unsaid(speeches: Sequence[Speech], below_rule: Collection[int]) -> Iterator[tuple[Fragment, str]]:
    """Yield what nobody says in speeches, and what it is; `below_rule`: ids of the lines that stand below a rule."""
    for fragment in _headings(speeches):
        yield fragment, "heading"
    for speech in speeches[:-1]:
        for fragment in _narrated(speech, below_rule):
            yield fragment, "introduction"


def _headings(speeches):
    """Return the lines that are headings though no markup says so.

    A heading stands apart between finished words and a label, or a paragraph that begins anew; it is short, no
    sentence and nothing that is said. It must name a part of the event, be set in bold or capitals or wholly in
    quotation marks, or be one of several in a text that else ends its paragraphs with a stop.
    """
    likely = [each for speech in speeches for each in _like_headings(speech, is_last=speech is speeches[-1])]
    quotes = list(_pull_quotes(speeches))
    likely = [each for each in likely if each not in quotes]
    several = len(likely) >= FEWEST and _ends_paragraphs_with_stops(speeches, likely)
    return quotes + [fragment for fragment in likely if several or _is_set_as_heading(fragment)]


def _pull_quotes(speeches):
    """Yield the lines set apart that quote words which somebody says elsewhere in the text."""
    body = [fragment for speech in speeches for fragment in speech.body]
    quoted = [each for each in body if len(each.text) <= LONGEST_QUOTE and each.gap and QUOTED.fullmatch(each.text)]
    if not quoted:
        return
    said = letters_of(" ".join(each.text for each in body if each not in quoted))
    for fragment in quoted[:MOST_QUOTES]:
        if len(letters := letters_of(fragment.text)) >= LEAST_QUOTE and letters in said:
            yield fragment


def _like_headings(speech, *, is_last):
    following = [*speech.body[2:], None]
    for (above, fragment), below in zip(pairwise(speech.body), following, strict=False):
        between = below is None and not is_last
        inside = below is not None and below.gap and len(below.text) >= PROSE and not below.text[0].islower()
        if fragment.gap and STOP.search(above.text) and (between or inside) and _reads_like_heading(fragment.text):
            yield fragment


def _reads_like_heading(text):
    if len(text) > HEADING_LENGTH or len(text.split()) > HEADING_WORDS:
        return False
    quoted = QUOTED.fullmatch(text)
    inner = text[1:-1] if quoted else text
    return not CLOSED.search(inner) and not text[0].isdigit() and (bool(quoted) or not may_be_said(text))


def _is_set_as_heading(fragment):
    text = fragment.text
    is_capitals = text.isupper() and len(text.split()) > 1
    return is_capitals or names_section(text) or bool(QUOTED.fullmatch(text)) or fragment.line.is_bold(0, len(text))


def _ends_paragraphs_with_stops(speeches, likely):
    """Whether the long paragraphs and the last words of speeches have their stop nearly everywhere."""
    heads = set(map(id, likely))
    last = [body[-1] for speech in speeches if (body := [each for each in speech.body if id(each) not in heads])]
    long = [each for speech in speeches for each in speech.body if len(each.text) >= PROSE and id(each) not in heads]
    ends = [bool(CLOSED.search(each.text)) for each in last + long]
    return sum(ends) >= FINISHED_SHARE * len(ends)


def _narrated(speech, below_rule):
    """Return the lines at the end of a speech, from a rule on, that all speak of the event as introductions do."""
    first = next((index for index, each in enumerate(speech.body) if index and id(each.line) in below_rule), None)
    rest = speech.body[first:] if first else ()
    return rest if all(introduces(each.text) for each in rest) else ()
