"""Nothing marks who speaks but the order of paragraphs: one that asks, then those that answer.

Only for texts that no other layout explains, and always a draft: an answer may ask back, and a question may go without
its mark. A label may stand once, at the first question or the first answer. A question without its mark speaks to the
other and not of oneself: “You won the case against the ministry.”
"""

import re

from interviews.ingest.labels import Mark, looks_like_name, part_of
from interviews.ingest.lines import Ending, Lines
from interviews.ingest.narration import is_personal, names_document
from interviews.ingest.paragraphs import blocks_of
from interviews.ingest.transcript import Problem, Severity
from interviews.ingest.words import key, words_of

ASKS = Ending(r"[?؟？][\s»”\")]*")
LABEL = re.compile(r"(?P<label>[^\W\d_][^:：?!]{0,60}?)(?:\s?[:：]\s+(?:[–—-]\s+)?|\s[–—-]\s+)(?=\S)")
NUMBERED = re.compile(r"\d{1,3}[.)]\s+(?=\S)")
INLINE = re.compile(r"[^?؟？]{5,300}[?؟？][»”\")]?\s+(?=[^\W\d_a-zà-ÿа-я]|[«“])")
FEWEST, FEWEST_TOLD = 4, 2
TOGETHER = 0.8
MOST_LABELS = 4
QUESTION_BLOCKS = 3
OFTEN, OFTEN_IN_TURN = 0.25, 0.6
PARTS = ("interviewer", "interviewee")
LONGEST_QUESTION = 700
LONGEST_ANSWER = 0.5
PROBLEM = Problem(
    "unmarked_speakers",
    None,
    "Nothing in it says who speaks: questions were told from answers by their question marks alone. "
    "Look at every turn before you publish it.",
    Severity.DRAFT,
)


def find(lines: Lines) -> list[Mark]:
    """Return where questions and answers begin, in order; nothing where too little speaks for a dialogue."""
    blocks = lines.once(blocks_of)
    inline = _inline(lines, blocks)
    if inline:
        return inline
    texts = [" ".join(lines[index].text for index in block) for block in blocks]
    introduced = _introduced(lines, blocks, texts)
    asking = _asking(texts, introduced[1] + 1 if introduced else 0)
    if not asking:
        return []
    turns = [(first, last + 1) for first, last in _together(asking)]
    turns = [introduced, *turns] if introduced else turns
    if not (introduced or (_is_told(texts, asking, len(turns)) and _is_dialogue(texts, turns))):
        return []
    starts = [(at, part) for pair in turns for at, part in zip(pair, PARTS, strict=True) if at < len(blocks)]
    numbered = all(NUMBERED.match(texts[asked]) for asked, _ in turns)
    return [_mark(lines, blocks[at][0], part, numbered=numbered and part == PARTS[0]) for at, part in starts]


def _inline(lines, blocks):
    """Return where questions and answers begin in a text nearly all paragraphs of which begin with a question."""
    found = [(block[0], INLINE.match(lines[block[0]].text)) for block in blocks]
    first = next((at for at, (_, asked) in enumerate(found) if asked), len(found))
    asked = [(index, match.end()) for index, match in found if match]
    spoken = sum(len(line.text) for line in lines[asked[0][0] :]) if asked else 0
    is_answered = sum(end for _, end in asked) * 2 < spoken
    if len(asked) < FEWEST or len(asked) < TOGETHER * (len(found) - first) or not is_answered:
        return []
    return [
        Mark(index, start, start, "", part=part)
        for index, end in asked
        for start, part in zip((0, end), PARTS, strict=True)
    ]


def _introduced(lines, blocks, texts):
    """Return (the first question, its answer) where both bear a label and nothing below does; or None."""
    labels = [(at, found["label"]) for at, block in enumerate(blocks) if (found := _labelled(lines[block[0]]))]
    pair = labels[-len(PARTS) :]
    if not len(PARTS) <= len(labels) <= MOST_LABELS or pair[0][1] == pair[1][1]:
        return None
    (asked, _), (answered, _) = pair
    return (asked, answered) if answered - asked <= QUESTION_BLOCKS else None


def _asking(texts, first):
    """Return the places of the paragraphs that ask, from `first` on.

    Where most of every second paragraph ask, and none between them does, the two sides take turns one by one.
    """
    marked = {at for at in range(first, len(texts)) if ASKS.search(texts[at]) and len(texts[at]) <= LONGEST_QUESTION}
    in_turn = range(min(marked), len(texts), 2) if marked else range(0)
    if len(in_turn) > FEWEST_TOLD and marked <= set(in_turn) and len(marked) > OFTEN_IN_TURN * len(in_turn):
        return list(in_turn)
    beside = {at + step for at in marked for step in (-1, 1)}
    return [at for at in range(first, len(texts)) if at in marked or (at not in beside and _speaks_to_other(texts[at]))]


def _speaks_to_other(text):
    """Whether a short paragraph says “you” and neither “I” nor “we”."""
    speaks = len(text) <= LONGEST_QUESTION and not words_of("second_person").isdisjoint(key(text).split())
    return speaks and not is_personal(text)


def _together(asking):
    """Return [(first, last)] of runs of neighbours: a question of several paragraphs."""
    groups = []
    for at in asking:
        if groups and groups[-1][1] == at - 1:
            groups[-1] = (groups[-1][0], at)
        else:
            groups.append((at, at))
    return groups


def _is_dialogue(texts, turns):
    """Whether answers are longer than questions, and none of many holds most of the text."""
    ends = [asked for asked, _ in turns[1:]] + [len(texts)]
    asked = sum(len(text) for first, last in turns for text in texts[first:last])
    answers = [sum(map(len, texts[last:end])) for (_, last), end in zip(turns, ends, strict=True)]
    return sum(answers) > asked and (len(turns) < FEWEST or max(answers) < LONGEST_ANSWER * sum(answers))


def _is_told(texts, asking, turns):
    """Whether enough ask: often, or below a head that speaks of an interview; of few, both, or one says “you”."""
    often = len(asking) > OFTEN * (len(texts) - asking[0])
    says_interview = any(map(names_document, texts[: asking[0]]))
    if turns >= FEWEST:
        return often or says_interview
    return turns >= FEWEST_TOLD and often and (says_interview or any(_speaks_to_other(texts[at]) for at in asking))


def _labelled(line):
    found = LABEL.match(line.text)
    is_name = found and looks_like_name(found["label"]) and (":" in found[0] or found["label"].isupper())
    return found if is_name and not part_of(found["label"]) else None


def _mark(lines, index, part, *, numbered):
    found, number = _labelled(lines[index]), NUMBERED.match(lines[index].text) if numbered else None
    end = (number or found).end() if number or found else 0
    return Mark(index, 0, end, found["label"] if found else "", part=part)
