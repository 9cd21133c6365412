"""What has the form of an interview and is none: lists, press releases with quotations, answers that nobody gives."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from interviews.ingest.dates import holds_date, is_date_line
from interviews.ingest.labels import Mark, part_of
from interviews.ingest.language import detect_language
from interviews.ingest.lines import Ending, Line
from interviews.ingest.narration import is_personal, names_document
from interviews.ingest.speakers import is_guessed
from interviews.ingest.speeches import Speech
from interviews.ingest.transcript import Problem, Severity, Speaker
from interviews.ingest.words import key, label_words, names_event, words_of

STOP = re.compile(r"[.?!…。？！؟;।]|[—–-]\s*$")
QUOTE = re.compile(r"[“„\"«]")
QUOTATION = re.compile(r"[“„\"«][^“”„\"«»]{1,1000}[”“\"»]")
ITEM = 100  # characters
LEAST_SPACES = 1 / 20
FIRST_WORDS = 5
FEWEST = 3
LONGEST_TITLE = 200
SAY_I = ("en", "de", "fr")
ASKED = Ending(r"""[?？؟][»”"’')]*""")
REPLY = 20
TOLD = Ending(r"""[.!][»”"’')]*""")
INFLECTING = ("pl", "cs", "sk")
AFTER_QUESTION = re.compile(r"[?？؟]([^?？؟]*)$")
LONG_AFTER_QUESTION = 200
NOBODY_NAMED = Problem(
    "unnamed_speakers",
    None,
    "It names nobody, and its head speaks of no interview: this may be a list of questions with their answers. "
    "Name who speaks before you publish it.",
    Severity.DRAFT,
)
GUESSED = Problem(
    "guessed_parts",
    None,
    "No label says who asks, and hardly a question mark: only the order tells. Look whether the sides are right.",
    Severity.DRAFT,
)
QUOTED = Problem(
    "quoted_questions",
    None,
    "Some questions and answers bear names, others only “Question” and “Answer”: somebody may quote these. "
    "Look whether they are turns.",
    Severity.DRAFT,
)
FEW_SIGNS = Problem(
    "few_signs",
    None,
    "It has hardly a question, and no label: only a dash or a bullet tells who speaks. Look whether these are turns.",
    Severity.DRAFT,
)
NOBODY_ANSWERS = Problem(
    "nobody_answers",
    None,
    "It has questions and nobody who answers: labels were missed, or this is no interview.",
    Severity.DRAFT,
)
NOBODY_SAYS_I = Problem(
    "nobody_says_i",
    None,
    "Nobody says “I” or “we” in an answer: this may be a report under headings that ask. Look who speaks.",
    Severity.DRAFT,
)
HIDDEN_ANSWER = Problem(
    "hidden_answer",
    None,
    "Somebody goes on for long after a question, and nobody answers: the label of the answer may have been missed.",
    Severity.DRAFT,
)


def is_list(speeches: Sequence[Speech]) -> bool:
    """Whether at least half of the speeches are short and no sentences: the items of an agenda, names of guests."""
    return len(speeches) > 1 and sum(map(_is_item, speeches)) * 2 >= len(speeches)


def _is_item(speech):
    text = speech.text
    return len(text) < ITEM and text.count(" ") > LEAST_SPACES * len(text) and not STOP.search(text)


def only_quotes(speeches: Sequence[Speech]) -> bool:
    """Whether all that stands behind labels begins as a quotation: a press release gives its minister's words so."""
    return len(speeches) > 1 and all(speech.label and QUOTE.match(speech.text.lstrip()) for speech in speeches)


def doubts(speeches: Sequence[Speech], parts: Sequence[str], *, damaged: bool) -> Iterator[Problem]:
    """Yield what makes it doubtful that these speeches, with their parts, are an interview rightly read.

    `damaged`: some labels are; then others may be lost.
    """
    if is_guessed(speeches, parts):
        yield GUESSED
    if _may_quote(speeches, parts):
        yield QUOTED
    if damaged:
        yield from _lost_labels(speeches, parts)
    yield from _exchanges_within(speeches, fewest=1 if damaged else 2)
    if any(_may_hide_answer(*each) for each in zip(speeches, parts, [*parts[1:], None], strict=True)):
        yield HIDDEN_ANSWER
    if 0 < parts.count("interviewer") < FEWEST and not any(speech.label for speech in speeches):
        yield FEW_SIGNS
    answers = [speech for speech, part in zip(speeches, parts, strict=True) if part == "interviewee"]
    if "interviewer" in parts and not answers:
        yield NOBODY_ANSWERS
    if not any(speech.label for speech in answers) and _nobody_says_i(" ".join(each.text for each in answers)):
        yield NOBODY_SAYS_I


def _lost_labels(speeches, parts):
    """Yield a doubt for each two speeches of one side that touch, where one of the other side may have lost its label.

    One who answers twice under one label; one who asks without end and gets no answer.
    """
    for (before, part), (after, following) in pairwise(zip(speeches, parts, strict=True)):
        answers_again = part == following == "interviewee" and before.label == after.label
        asks_on = part == following == "interviewer" and _tells(before)
        if before.body and before.label and (answers_again or asks_on):
            message = (
                f"Two speeches of “{before.label}” touch here, and the scanner damaged other labels: "
                "look whether what the other side said stands in the first, its label lost."
            )
            yield Problem("lost_label", before.body[0].line.number, message, Severity.DRAFT)


def _exchanges_within(speeches, *, fewest):
    """Yield a doubt for each line of a speech that ends with a question mark above one that begins as a reply."""
    found = [
        line
        for speech in speeches
        if speech.label
        for line, below in pairwise(speech.body)
        if ASKED.search(line.text) and not words_of("replies").isdisjoint(key(below.text[:REPLY]).split()[:1])
    ]
    for fragment in found if len(found) >= fewest else ():
        message = "A question and its reply stand within one speech here: look whether both have lost their labels."
        yield Problem("lost_label", fragment.line.number, message, Severity.DRAFT)


def _tells(speech):
    """Whether what is asked is long, and ends as a statement."""
    return len(speech.text) > ITEM and TOLD.search(speech.text) is not None


def _may_hide_answer(speech, part, following):
    """Whether an unanswered question has its last question mark long before its end."""
    if part != "interviewer" or following not in ("interviewer", None):
        return False
    after = AFTER_QUESTION.search(speech.text)
    return bool(after) and len(after[1]) > LONG_AFTER_QUESTION


def _may_quote(speeches, parts):
    """Whether both sides speak under names, and “Question” and “Answer” stand among them."""
    pairs = zip(speeches, parts, strict=True)
    voices = {(part, part_of(each.label)) for each, part in pairs if each.label and len(each.label) > 1}
    return voices.issuperset((side, word) for side in ("interviewer", "interviewee") for word in (side, None))


def _nobody_says_i(text):
    """Whether no word such as “I” or “we” stands outside of quotations, in a language that cannot do without."""
    said = QUOTATION.sub("", text)
    return len(said) > ITEM and not is_personal(said) and detect_language(said) in SAY_I


def is_nobody_named(
    speeches: Sequence[Speech], speakers: Iterable[Speaker], head: Iterable[str], asked: Iterable[str]
) -> bool:
    """Whether nothing says that somebody is interviewed: no label, name or outlet, no word of the head, no address.

    `head`: the texts of the head; `asked`: those of the questions.
    """
    told = any(speech.label and len(speech.label) > 1 and not _is_role(speech.label) for speech in speeches)
    named = any(speaker.name or speaker.outlet or speaker.office for speaker in speakers)
    addressed = any(not label_words().offices.isdisjoint(key(text).split()[:FIRST_WORDS]) for text in asked)
    return not (told or named or addressed or any(map(names_document, head)))


def names_in_doubt(speakers: Collection[Speaker], spoken: str) -> Iterator[Problem]:
    """Yield the names of those who answer behind which words stand that are no known office; “Jr.” is none.

    And a name without any label that the head has in another case: “ministra Jana Lipy” is Jan Lipa in Polish.
    """
    for each in speakers:
        inflected = not words_of("inflected_offices").isdisjoint(key(each.office).split()[:1])
        from_head = each.name and not each.label and inflected
        if from_head and detect_language(spoken) in INFLECTING:
            message = f"“{each.name}” stands in the head in another case than the first. Write the name as it is."
            yield Problem("inflected_name", None, message, Severity.DRAFT)
    for name in sorted({each.name for each in speakers if each.part == "interviewee" and each.name}):
        if len(name.partition(", ")[2]) > len("Jr."):
            message = f"“{name}” may be a name with an office that is misspelt, or unknown here. Take them apart."
            yield Problem("office_in_name", None, message, Severity.DRAFT)


def second_event(lines: Sequence[Line], marks: Sequence[Mark], head: Collection[str]) -> list[Problem]:
    """Return the doubt, if any, whether another interview begins amid these labels: a title with a date of its own.

    Such a line stands apart, names an event, is no sentence, and is none of the `head` again.
    """
    labelled, known = {mark.index for mark in marks}, set(map(key, head))
    amid = range(marks[0].index + 1, marks[-1].index) if marks else ()
    for index in amid:
        line = lines[index]
        if index not in labelled and _is_title(lines, index) and key(line.text) not in known:
            message = f"“{line.text[:80]}” may be the title of another interview. If so, make a file of each."
            return [Problem("second_event", line.number, message, Severity.DRAFT)]
    return []


def _is_title(lines, index):
    line, below = lines[index], lines[index + 1]
    stands_apart = line.heading or (line.gap and (below.gap or is_date_line(below.text)))
    if not stands_apart or len(line.text) > LONGEST_TITLE or STOP.search(line.text[-2:]) or not names_event(line.text):
        return False
    return not is_personal(line.text) and any(holds_date(each.text) for each in lines[index : index + 3])


def _is_role(label):
    return part_of(label) in ("interviewer", "interviewee")
