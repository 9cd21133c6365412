"""Where the head of a document ends and speech begins, when the first words bear no label."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from interviews.ingest.dates import CLOCK, holds_date, is_date_line
from interviews.ingest.furniture import HEADLINE, PROOF, STOP, is_credit
from interviews.ingest.labels import speaks_of_office
from interviews.ingest.lines import Ending, Fragment
from interviews.ingest.narration import introduces, is_personal, names_document, names_section
from interviews.ingest.words import UNSPACED, key, load, opens_with_fact, words_of

SENTENCE = Ending(r"""(?:[.?!…,:;—–-]|[。？！；：؟])[»”"’'）」』]?|[)\]]""")
QUESTION = Ending(r"[?؟？]\W*")
LAYOUT = ("page number", "running head", "rule")
MOST_INTERRUPTING = 4
PROSE = 60


@dataclass(frozen=True, slots=True)
class Opening:
    """The lines before the first label: those of the head, those spoken without a label, and by which side.

    headings: lines amid or below the spoken ones that were not said, such as “Q&A”. doubtful: lines of the head that
    may have been spoken.
    """

    head: tuple[Fragment, ...]
    spoken: tuple[Fragment, ...] = ()
    part: str = ""
    headings: tuple[Fragment, ...] = ()
    doubtful: tuple[Fragment, ...] = ()

    def may_be_of_others(self, names: Collection[str]) -> bool:
        """Whether what is spoken may be the newspaper's or the head's, not of those who answer (`names`).

        It names them, or its line goes on after it: on a flattened page the head may stand in that too.
        """
        said = {word for fragment in self.spoken for word in key(fragment.text).split()}
        names_them = self.part == "interviewee" and not said.isdisjoint(names)
        return names_them or self.spoken[0].end < len(self.spoken[0].line.text)


def part_from_head(
    before: Sequence[Fragment], reasons: Mapping[int, str], first_part: str, names: Collection[str] = ()
) -> Opening:
    """Divide what stands before the first labelled speech.

    `reasons` says which of these lines (by index) are furniture, `first_part` who speaks first under a label, `names`
    (in lower case) how those who answer are called. Before a question, prose that does not introduce the interview is
    an opening statement. Before an answer, prose that ends with a question mark is a question; other prose is none.
    A few words must say “I” or “we”, greet or address somebody by the office.
    """
    start = _prose_from(before, reasons)
    if first_part == "interviewer":
        start = _statement_from(before, reasons, start)
    spoken = [fragment for index, fragment in enumerate(before) if index >= start and index not in reasons]
    headings = _headings(spoken)
    introduction, prose = _divided([fragment for fragment in spoken if fragment not in headings], names)
    part = "interviewee" if first_part == "interviewer" else "interviewer"
    is_said = first_part == "interviewer" or (prose and QUESTION.search(prose[-1].text))
    if is_said and _is_speech(prose):
        above = _doubtful(before[:start], reasons, names)
        return Opening((*before[:start], *introduction), prose, part, headings, above)
    return Opening(tuple(before), doubtful=_doubtful(before, reasons, names))


def _length(fragment):
    """Count characters; of scripts without spaces one says as much as two."""
    return len(fragment.text) * (1 + bool(UNSPACED.search(fragment.text)))


def _is_speech(prose):
    is_long = sum(map(_length, prose)) >= PROSE
    return is_long or any(is_personal(fragment.text) or speaks_of_office(fragment.text) for fragment in prose)


def _divided(prose, names):
    """Return (the paragraphs that introduce the interview, the rest); “Here it is in full:” ends an introduction."""
    if prose and prose[-1].text.endswith((":", "：")) and introduces(prose[-1].text, names):
        return tuple(prose), ()
    introduction = []
    for paragraph in _paragraphs(prose):
        if not introduces(" ".join(fragment.text for fragment in paragraph), names):
            break
        introduction += paragraph
    return tuple(introduction), tuple(prose[len(introduction) :])


def _paragraphs(prose):
    """Group lines at the empty lines between them; where there are none, each line is a paragraph."""
    spaced = any(fragment.gap for fragment in prose[1:])
    groups = []
    for fragment in prose:
        if groups and spaced and not fragment.gap:
            groups[-1].append(fragment)
        else:
            groups.append([fragment])
    return groups


def _doubtful(before, reasons, names):
    """Return the paragraphs of a head that nobody is known to say and that do not introduce the interview either."""
    kept = [
        fragment for index, fragment in enumerate(before) if index not in reasons and not _is_of_head(before, index)
    ]
    found = []
    for paragraph in _paragraphs(kept):
        text = " ".join(fragment.text for fragment in paragraph)
        is_prose = len(text) >= PROSE and STOP.search(text) and not any(each.line.heading for each in paragraph)
        if is_prose and not introduces(text, names):
            found += paragraph
    return tuple(found) if sum(len(fragment.text) for fragment in found) >= 2 * PROSE else ()


def _prose_from(before, reasons):
    """Return the index from which on all lines are prose: nothing of the head, no furniture but page numbers."""
    start, following = len(before), ""
    for index in range(len(before) - 1, -1, -1):
        reason = reasons.get(index)
        if reason in LAYOUT[:2]:
            continue
        if reason or not _is_prose(before[index], following):
            break
        start, following = index, before[index].text
    while 0 < start < len(before) and _runs_into(before[start - 1], before[start]):
        start += 1
    return start


def _runs_into(above, below):
    """Whether a long printed line that no sentence ends runs on into the next: what follows is part of the head."""
    return not below.gap and len(above.text) > PROSE * 2 // 3 and not SENTENCE.search(above.text)


def _statement_from(before, reasons, start):
    """Return the index of the first sentence that says “I” or “we”, whatever divides it from the first label.

    Looks no further up than a line of the head, nor than a few lines together that are no sentences; else `start`.
    """
    interrupting = 0
    for index in range(len(before) - 1, -1, -1):
        if reasons.get(index) in LAYOUT:
            continue
        if index in reasons or _is_of_head(before, index) or interrupting > MOST_INTERRUPTING:
            break
        if not _is_sentence(before, index):
            interrupting += 1
            continue
        interrupting = 0
        if is_personal(before[index].text):
            start = min(start, index)
    return start


def _is_sentence(before, index):
    """Whether a line ends like a sentence or, long as it is, runs on into the next."""
    runs_on = index + 1 < len(before) and not before[index + 1].gap and len(before[index].text) > PROSE * 2 // 3
    return runs_on or bool(SENTENCE.search(before[index].text))


def _is_of_head(before, index):
    """A date, a note on the text, a quoted headline, or “Transcript” and “Interview” in a line that is no sentence."""
    text = before[index].text
    if HEADLINE.fullmatch(text) or is_date_line(text) or CLOCK.fullmatch(text) or PROOF.search(text) or is_credit(text):
        return True
    if opens_with_fact(text):
        return True
    names_document = not words_of("no_place").isdisjoint(key(text).split())
    return not _is_sentence(before, index) and (names_document or holds_date(text))


def _headings(spoken):
    """Return the lines that were not said: marked as headings, or set apart and last, such as “Q&A”."""
    headings = [fragment for fragment in spoken if fragment.line.heading or names_section(fragment.text)]
    last = spoken[-1] if spoken else None
    if last and last.gap and last not in headings and not SENTENCE.search(last.text) and not is_personal(last.text):
        headings.append(last)
    return tuple(headings)


def _is_prose(fragment, following):
    """A sentence or a part of one; not a heading, a date, a note on the text."""
    text = fragment.text
    folded = text.casefold().strip(" .:")
    if fragment.line.heading or PROOF.search(text) or folded in load("words")["full_text"] or is_credit(text):
        return False
    is_said = STOP.search(text) and not is_date_line(text) and not names_document(text)
    if CLOCK.fullmatch(text) or (len(text) < 2 * PROSE and holds_date(text) and not is_said):
        return False
    if text.isupper():
        return False
    runs_on = len(text) > PROSE * 2 // 3 and following[:1].islower()
    return runs_on or bool(SENTENCE.search(text))
