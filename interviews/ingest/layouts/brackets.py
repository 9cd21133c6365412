"""Labels in brackets: “[Question] …”, “【記者】…”, “（问）…”, “<v Speaker 1>…” of subtitles."""

import re
from itertools import groupby

from interviews.ingest.establish import Establisher, take_turns
from interviews.ingest.labels import Mark, asking_letters, part_of
from interviews.ingest.lines import Lines

BRACKETED = re.compile(r"(?:[\[【（(〔]|<(?:v\s)?)\s*(?P<label>[^\[\]【】（）()〔〕<>]{1,60})[\]】）)〕>]\s?[:：]?\s*")


def find(lines: Lines) -> list[Mark]:
    """Return where speeches begin, in order; nothing where no label asks."""
    candidates = [
        Mark(index, 0, found.end(), found["label"].strip())
        for index, line in enumerate(lines)
        if (found := BRACKETED.match(line.text))
    ]
    marks = Establisher(lines, candidates).established()
    keys = {mark.key for mark in marks}
    asks = bool(asking_letters(keys)) or any(part_of(mark.label) == "interviewer" for mark in marks)
    speeches = [next(group) for _, group in groupby(marks, key=lambda mark: mark.key)]
    return marks if len(keys) > 1 and (asks or take_turns(speeches)) else []
