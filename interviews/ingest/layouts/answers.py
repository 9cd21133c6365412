"""Only the answers are labelled; what stands unlabelled before each of them is the question.

“Was wünschen Sie sich als Nächstes?” / “Muster: Eine zweite.”
"""

from interviews.ingest.labels import Mark, part_of
from interviews.ingest.layouts import colon, letters
from interviews.ingest.lines import Ending, Lines
from interviews.ingest.paragraphs import Breaks, breaks_of

QUESTION = Ending(r"[?؟？]\W*")
FINISHED = Ending(r"""[.?!…؟。？！]["”»’')\]]*""")
FEWEST = 3
SHARE = 0.6


def find(lines: Lines) -> list[Mark]:
    """Return the labelled answers and, before most of them, the line with which an unlabelled question begins."""
    answers = lines.once(colon.find)
    if len(answers) < FEWEST or any(part_of(mark.label) == "interviewer" or mark.start for mark in answers):
        return []
    if lines.once(letters.find):
        return []
    questions = [mark for mark, answer in _unlabelled(lines, answers)]
    asking = sum(bool(QUESTION.search(lines[answer.index - 1].text)) for _, answer in _unlabelled(lines, answers))
    if len(questions) < SHARE * len(answers) or asking < SHARE * len(questions):
        return []
    return sorted(questions + answers, key=lambda mark: (mark.index, mark.end))


def _unlabelled(lines, answers):
    """Yield (mark of the unlabelled paragraph, answer after it), where the text above the paragraph has its end."""
    labelled = {mark.index for mark in answers}
    spaced, by_line = any(lines[answer.index].gap for answer in answers), lines.once(breaks_of) is Breaks.LINE
    for answer in answers:
        index = answer.index - 1
        while index > 0 and not _begins(lines, index, spaced=spaced, by_line=by_line) and index not in labelled:
            index -= 1
        if index >= 0 and index not in labelled and (lines[answer.index].gap or not spaced):
            yield Mark(index, 0, 0, "", part="interviewer"), answer


def _begins(lines, index, *, spaced, by_line):
    """Whether a paragraph begins here; in wrapped text without empty lines, one may where a sentence ends above."""
    return bool(lines[index].gap if spaced else by_line or FINISHED.search(lines[index - 1].text))
