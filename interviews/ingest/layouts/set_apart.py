"""Questions told apart only by how they are set: bold, italic, headings of one level, a dash or bullet before each.

What stands between two of them is an answer. A bold question may begin the paragraph of its answer; a label may stand
at the first question and the first answer only. Dashes may also stand before both, or before answers only, as quotation
marks do.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise

from interviews.ingest.labels import Mark, is_titled, looks_like_name, part_of
from interviews.ingest.layouts import colon
from interviews.ingest.lines import Ending, Lines
from interviews.ingest.narration import names_document
from interviews.ingest.paragraphs import blocks_of
from interviews.ingest.words import key, label_words, load, words_of

ASKS = Ending(r"[?؟？]\W*")
FINISHED = Ending(r"""[.?!…:;؟。？！»”"’'“)\]—–]""")
LABEL = re.compile(r"(?P<label>[^\W\d_][^:：?!.,]{0,60}?)\s?(?P<stop>[.:：])\s+(?=\S)")
NUMBER = re.compile(r"(?P<label>\d{1,3})[.)]\s+(?=\S)")
SIGN = re.compile(r"[–—―■●▪►▶◆•-]\s*(?=\w|[«“„\"(¿])")
QUOTE = re.compile(r"[«“„\"『「]")
QUOTE_ENDS = Ending(r"[»”“\"』」]\W?")
DIGITS = re.compile(r"\d+")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
FEWEST, FEWEST_ASKING, FEWEST_SIGNS = 3, 2, 2
PAIR = 2
FIRST_WORDS = 5
ASKING, ASKING_BACK = 0.5, 0.4
MOST_LABELLED = 0.5
FOLLOWED = 0.8
LONGEST_SUBHEADING = 80


@dataclass(frozen=True, slots=True)
class _Question:
    """The lines first..last of a question; on the last it ends at character `end`, on the first its label does."""

    first: int
    last: int
    end: int
    asks: bool
    label: str = ""
    label_end: int = 0


def find(lines: Lines) -> list[Mark]:
    """Return where questions and their answers begin, in order; nothing where no way of setting makes a dialogue."""
    dialogues = [list(_from_first_asked(lines, questions)) for questions in _sets(lines)]
    dialogues = [questions for questions in dialogues if _is_dialogue(lines, questions)]
    if not dialogues:
        return []
    questions = max(dialogues, key=len)
    above = list(_labelled_above(lines, questions))
    marks = [mark for mark in lines.once(colon.find) if part_of(mark.label) != "interviewer"]
    asked = {index for question in questions for index in range(question.first, question.last + 1)}
    labelled = sum(mark.index > questions[0].first and mark.index not in asked for mark in marks)
    if labelled > len(questions) * MOST_LABELLED:
        return []
    marks = [*above, *_marks(lines, questions), *_subheadings(lines, questions, asked)]
    return sorted(marks, key=lambda mark: mark.index)


def _labelled_above(lines, questions) -> Iterator[Mark]:
    """Yield the labels above the first question, from the first on that its asker bears: an exchange with labels."""
    asking = {key(question.label) for question in questions if question.label}
    above = [mark for mark in lines.once(colon.find) if mark.index < questions[0].first]
    for mark in dropwhile(lambda mark: mark.key not in asking, above):
        yield mark._replace(part="interviewer" if mark.key in asking else "interviewee")


def _sets(lines) -> Iterator[list[_Question]]:
    """Yield the questions of each way in which a text could set them apart."""
    styled = defaultdict(dict)
    for index, line in enumerate(lines):
        style, end = _style(line)
        if style:
            styled[style][index] = end
    for ends in styled.values():
        if sum(bool(ASKS.search(lines[index].text[:end])) for index, end in ends.items()) >= FEWEST_ASKING:
            yield list(_labels_read(lines, _in_runs(lines, ends)))
    blocks = lines.once(blocks_of)
    divisions = [blocks]
    if any(len(block) == PAIR for block in blocks) and all(len(block) <= PAIR for block in blocks):
        divisions.append([range(index, index + 1) for index in range(len(lines))])
    for division in divisions:
        yield from _told_by_sign(lines, division, SIGN, FEWEST_SIGNS)
        yield from _told_by_sign(lines, division, QUOTE, FEWEST)


def _told_by_sign(lines, blocks, sign, fewest):
    """Yield the questions among paragraphs some of which begin with a sign, if enough do."""
    signed = [at for at, block in enumerate(blocks) if sign.match(lines[block[0]].text)]
    if len(signed) >= fewest:
        yield list(_labels_read(lines, _beside_signs(lines, blocks, signed)))


def _style(line):
    """Return (how a line is set, where that ends); a bold beginning counts where it ends with a question mark."""
    text = line.text
    if line.heading:
        return f"heading {line.heading}", len(text)
    for style, whole, runs in (("bold", line.is_bold, line.bold), ("italic", line.is_italic, line.italic)):
        if whole(0, len(text)):
            return style, len(text)
        if runs and runs[0][0] == 0 and ASKS.search(text[: runs[0][1]]):
            return style, runs[0][1]
    return "", 0


def _in_runs(lines, ends) -> Iterator[_Question]:
    """Yield the questions among set lines: those that follow each other are one, subheadings are none."""
    runs = []
    for index in ends:
        goes_on = runs and runs[-1][-1] == index - 1 and ends[index - 1] == len(lines[index - 1].text)
        if goes_on:
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in runs:
        while run and not FINISHED.search(lines[run[-1]].text[: ends[run[-1]]]):
            run.pop()
        while run and _opens_with_subheading(lines, run):
            run.pop(0)
        if run:
            yield _Question(run[0], run[-1], ends[run[-1]], _asks(lines, run, ends[run[-1]]))


def _opens_with_subheading(lines, run):
    """Whether the first of set lines is no sentence and stands apart from the next."""
    return len(run) > 1 and not FINISHED.search(lines[run[0]].text) and lines[run[1]].gap > 0


def _asks(lines, run, end):
    return any(ASKS.search(lines[index].text) for index in run[:-1]) or bool(ASKS.search(lines[run[-1]].text[:end]))


def _beside_signs(lines, blocks, signed) -> Iterator[_Question]:
    """Yield the questions of a text with signs: the paragraphs that bear them, else those above one that does."""
    asking = [bool(ASKS.search(lines[block[-1]].text)) for block in blocks]
    calling = [asks or _calls(lines[block[0]].text) for asks, block in zip(asking, blocks, strict=True)]
    if _share(calling, signed[::2]) >= ASKING and _share(asking, signed[1::2]) < ASKING_BACK:
        chosen = signed[::2]
    elif _share(asking, signed) >= ASKING:
        chosen = signed
    else:
        with_sign = set(signed)
        chosen = [at - 1 for at in signed if at and at - 1 not in with_sign]
    for at in chosen:
        last = blocks[at][-1]
        yield _Question(blocks[at][0], last, len(lines[last].text), asking[at])


def _share(asking, chosen):
    """The share of the chosen paragraphs that end with a question mark."""
    return sum(asking[at] for at in chosen) / len(chosen)


def _labels_read(lines, questions) -> Iterator[_Question]:
    """Yield questions with the label or number that stands at their beginning."""
    for question in questions:
        text = lines[question.first].text
        number, found = SIGN.match(text) or NUMBER.match(text), LABEL.match(text)
        if found and (part_of(found["label"]) == "interviewer" or _names_asker(found)):
            yield replace(question, label=found["label"], label_end=found.end())
        else:
            yield replace(question, label_end=number.end() if number else 0)


def _names_asker(found):
    return found["stop"] != "." and looks_like_name(found["label"]) and not is_titled(found["label"])


def _from_first_asked(lines, questions) -> Iterator[_Question]:
    """Yield questions from the first on that asks, or that somebody answers who says “I” or “we”.

    What stands before is a lead or a subheading in the same type.
    """
    begun = False
    for question, end in _until_next(lines, questions):
        if not begun:
            answer = lines[question.last + 1 : end]
            begun = _asks_or_calls(lines, question) or _is_personal(line.text for line in answer)
            if begun:
                yield _without_lead(lines, question)
        else:
            yield question


def _asks_or_calls(lines, question):
    return question.asks or _calls(lines[question.first].text)


def _calls(text):
    """Whether a paragraph with a sign greets, or names an office and says “you”: “– Minister, thank you for …”."""
    if not SIGN.match(text):
        return False
    if any(greeting in text.casefold() for greeting in load("words")["greetings"]):
        return True
    words = key(text).split()
    return not (label_words().offices.isdisjoint(words[:FIRST_WORDS]) or words_of("second_person").isdisjoint(words))


def _without_lead(lines, question):
    """Drop the paragraphs before the one that asks, where it is the first question: they introduce the interview."""
    starts = [index for index in range(question.first, question.last + 1) if lines[index].gap]
    for start, after in pairwise([*starts, question.last + 1]):
        if start > question.first and any(ASKS.search(line.text[: question.end]) for line in lines[start:after]):
            return replace(question, first=start, label="", label_end=0)
        if ASKS.search(lines[after - 1].text):
            break
    return question


def _until_next(lines, questions):
    """Yield (question, index of the line where the next begins)."""
    return zip(questions, [question.first for question in questions[1:]] + [len(lines)] * bool(questions), strict=True)


def _is_personal(texts):
    words = {word for text in texts for word in WORD.findall(text.casefold().replace("’", "'"))}
    return not words.isdisjoint(load("words")["first_person"])


def _is_dialogue(lines, questions):
    """Enough questions, nearly all answered but the last; the answers longer and without labels."""
    answers = [" ".join(text) for text in _answers(lines, questions)]
    if not _are_enough(lines, questions, answers):
        return False
    asked = sum(len(line.text) for question in questions for line in lines[question.first : question.last + 1])
    followed = [bool(answer) for answer in answers[:-1] or answers]
    prefixes = Counter(DIGITS.sub("", found["label"]) for answer in answers if (found := LABEL.match(answer)))
    most_alike = max(prefixes.values(), default=0)
    return (
        sum(followed) >= FOLLOWED * len(followed)
        and (sum(map(len, answers)) > asked or len(questions) < FEWEST)
        and most_alike <= MOST_LABELLED * len(answers)
    )


def _are_enough(lines, questions, answers):
    """At least three questions, half of them asking; or fewer behind signs, half of them asking or to an office.

    Where all answers are quoted, one that asks is enough.
    """
    asking = sum(question.asks for question in questions)
    if len(questions) >= FEWEST:
        return asking >= (1 if _are_quoted(lines, questions, answers) else max(FEWEST_ASKING, ASKING * len(questions)))
    if not all(SIGN.match(lines[question.first].text) for question in questions):
        return False
    told = [_asks_or_calls(lines, question) for question in questions]
    return any(told) and (all(told) or (_says_interview(lines, questions) and sum(told) >= ASKING * len(told)))


def _says_interview(lines, questions):
    return any(names_document(line.text) for line in lines[: questions[0].first])


def _are_quoted(lines, questions, answers):
    """Whether every answer stands in quotation marks from end to end, and the head speaks of an interview."""
    quoted = bool(answers) and all(QUOTE.match(answer) and QUOTE_ENDS.search(answer) for answer in answers)
    return quoted and _says_interview(lines, questions)


def _answers(lines, questions):
    """Yield for each question the texts between it and the next."""
    for question, end in _until_next(lines, questions):
        rest = lines[question.last].text[question.end :].strip()
        yield [rest] * bool(rest) + [line.text for line in lines[question.last + 1 : end] if not _is_subheading(line)]


def _marks(lines, questions) -> Iterator[Mark]:
    for question, end in _until_next(lines, questions):
        yield Mark(question.first, 0, question.label_end, question.label, part="interviewer")
        rest = lines[question.last].text[question.end :]
        if rest.strip():
            at = question.end + len(rest) - len(rest.lstrip())
            yield Mark(question.last, at, at, "", part="interviewee")
            continue
        begins = next((index for index in range(question.last + 1, end) if not _is_subheading(lines[index])), None)
        if begins is not None:
            yield _answer(lines[begins], begins)


def _subheadings(lines, questions, asked) -> Iterator[Mark]:
    """Yield the bold lines inside answers that are no sentence: the newspaper's, not the speaker's."""
    for index in range(questions[0].first, len(lines)):
        if index not in asked and _is_subheading(lines[index]):
            yield Mark(index, 0, 0, "", part="heading")


def _is_subheading(line):
    if line.heading:
        return True
    is_short = line.gap and len(line.text) <= LONGEST_SUBHEADING
    return bool(is_short) and line.is_bold(0, len(line.text)) and not FINISHED.search(line.text)


def _answer(line, index):
    """Return the mark of an answer, with the name of who speaks where the line begins with it."""
    found, sign = LABEL.match(line.text), SIGN.match(line.text)
    names = found and found["stop"] != "." and looks_like_name(found["label"])
    if names and (line.is_bold(0, found.end("label")) or " " in found["label"] or part_of(found["label"])):
        return Mark(index, 0, found.end(), found["label"], part="interviewee")
    return Mark(index, 0, sign.end() if sign else 0, "", part="interviewee")
