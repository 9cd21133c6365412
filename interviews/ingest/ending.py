"""Where the last speech ends: end marks, footers, credits and contacts after it are no words of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass

from interviews.ingest.furniture import END_MARK, PAGE_AT_END, SENTENCE, is_credit, is_end
from interviews.ingest.lines import Fragment, Line
from interviews.ingest.words import load

FOOTERS = ("rule", "site footer", "site furniture", "copyright", "navigation", "contact", "language switch")
FOOTER_LENGTH = 1500
FOOTER_SHARE = 0.2
TITLE_LENGTH = 100
FLAT_LINE = 1500


@dataclass(frozen=True, slots=True)
class Dropped:
    """A fragment that is no speech, and why."""

    fragment: Fragment
    reason: str


def end_of(lines: Sequence[Line], reasons: dict[int, str], first: int) -> tuple[int, str]:
    """Return (index of the first line after the transcript, why it ends there).

    `first` is the line on which the last speech begins; `reasons` are those of `furniture`.
    """
    total = sum(len(line.text) for line in lines)
    rest = sum(len(line.text) for line in lines[first:])
    finished = False
    for index in range(first, len(lines)):
        line, reason = lines[index], reasons.get(index)
        small = finished and rest <= min(FOOTER_LENGTH, total * FOOTER_SHARE)
        follows_label = index == first or lines[index - 1].text.endswith((":", "："))
        if is_end(line.text) and not follows_label:
            return index, "end mark"
        if small and reason in FOOTERS:
            return index, "site footer"
        if small and not reason and is_credit(line.text):
            return index, "credit"
        rest -= len(line.text)
        finished = finished if reason else bool(SENTENCE.search(line.text))
    return len(lines), ""


def footer_lines(body: Sequence[Fragment]) -> int:
    """Return how many fragments at the end of the last speech look like lines of a site's footer.

    They are short and unfinished like titles, stand apart, and follow a finished sentence; a single one must also be
    set off by more than one empty line or be written like a name.
    """
    count = 0
    for fragment in reversed(body[1:]):
        title_like = len(fragment.text) <= TITLE_LENGTH and not SENTENCE.search(fragment.text) and fragment.gap
        if not title_like:
            break
        count += 1
    if not count or not SENTENCE.search(body[-count - 1].text):
        return 0
    first = body[-count]
    return count if count > 1 or first.gap > 1 or _is_written_like_name(first.text) else 0


def _is_written_like_name(text):
    words = [word for word in text.split() if len(word) > 3]
    return bool(words) and sum(word[:1].isupper() for word in words) * 2 > len(words)


def trimmed(fragment: Fragment, *, last: bool) -> tuple[Fragment, list[Dropped]]:
    """Return a fragment without the marks of page and end that are glued to its last words, and what was cut."""
    text = fragment.text
    mark = END_MARK.search(text) if last else None
    reason = "end mark" if mark else "page number"
    mark = mark or PAGE_AT_END.search(text)
    if not mark or not SENTENCE.search(text[: mark.start()]):
        return fragment, []
    cut = fragment.start + mark.start()
    return Fragment(fragment.line, fragment.start, cut), [Dropped(Fragment(fragment.line, cut, fragment.end), reason)]


def without_flat_furniture(fragment: Fragment) -> tuple[Fragment, list[Dropped]]:
    """On a page flattened to one line, cut the site's words off the end of a speech (data/furniture.json)."""
    text = fragment.text
    if len(fragment.line.text) < FLAT_LINE:
        return fragment, []
    cuts = []
    for rule in load("furniture")["flat"]:
        at = text.find(f" {rule['from']} ")
        if at >= 0 and SENTENCE.search(text[:at]) and rule.get("with", "") in text[at:]:
            cuts.append(fragment.start + at)
    if not cuts:
        return fragment, []
    cut = min(cuts)
    dropped = Dropped(Fragment(fragment.line, cut, fragment.end), "site furniture")
    return Fragment(fragment.line, fragment.start, cut), [dropped]
