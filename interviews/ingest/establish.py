"""Which of the candidates in a text are the labels of speakers.

A colon in prose never makes a turn: a label is a known role word, a titled name, a name that repeats, looks like
the labels already established, or stands where only a label can stand.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from interviews.ingest.dates import is_date_line
from interviews.ingest.labels import Mark, is_titled, looks_like_name, may_be_label, part_of
from interviews.ingest.lines import Line
from interviews.ingest.slips import nearly_same
from interviews.ingest.words import country_names, field_words, key, label_words, words_of

CLOSED = re.compile(r"""[.?!…:;—–\-»”"’')\]]\s*$""")
WORD = re.compile(r"[^\W\d_]+")
DATE_BELOW = 3


class Establisher:
    """Decides which candidates of one text are labels."""

    def __init__(self, lines: Sequence[Line], marks: Iterable[Mark]):
        self.lines = lines
        marks = [mark for mark in marks if mark.key]
        self.marks = [mark for mark in marks if looks_like_name(mark.label)]
        self.small = [mark for mark in marks if not looks_like_name(mark.label) and may_be_label(mark.label)]
        self.groups = defaultdict(list)
        for mark in self.marks:
            self.groups[mark.key].append(mark)
        self.alone = {
            mark.index
            for mark in self.marks
            if mark.end == len(lines[mark.index].text) and (part_of(mark.label) or len(self.groups[mark.key]) > 1)
        }
        self.lower_words = None
        self.has_role_that_asks = any(
            part_of(marks[0].label) == "interviewer" and len(marks) > 1 for marks in self.groups.values()
        )
        self.excluded = words_of("credits") | field_words().keys()

    def established(self) -> list[Mark]:
        """Return the marks that are labels, in the order of the text."""
        keys = {name for name in self.groups if self._stands_alone(name)}
        keys |= {name for name in self.groups if name not in keys and self._is_letter_of_pair(name, keys)}
        if not keys:
            return []
        keys |= self._like_the_others(keys)
        keys |= self._misspelt(keys)
        keys |= self._where_only_labels_stand(keys) | self._who_answers_once(keys)
        marks = [mark for mark in self.marks if mark.key in keys]
        marks = sorted(marks + self._small_in_turn(marks), key=lambda mark: (mark.index, mark.start))
        return marks[1:] if marks and self._is_title(marks) else marks

    def _is_title(self, marks):
        """Whether the first label begins the title: the date of the document stands close below it."""
        first = marks[0]
        if part_of(first.label):
            return False
        until = marks[1].index if len(marks) > 1 else len(self.lines)
        below = self.lines[first.index + 1 : min(until, first.index + 1 + DATE_BELOW)]
        return any(is_date_line(line.text) for line in below)

    def _small_in_turn(self, marks):
        """Labels in small letters or with a digit (“dpa”, “9News”) that take turns with established ones."""
        known = {mark.key for mark in marks}
        groups = defaultdict(list)
        for mark in self.small:
            if mark.key not in self.excluded and not self._goes_on_small(mark) and not self._breaks_sentence(mark):
                groups[mark.key].append(mark)
        repeated = {name: group for name, group in groups.items() if name in known or len(group) > 1}
        taken = []
        for name, group in repeated.items():
            order = sorted([*marks, *group], key=lambda mark: (mark.index, mark.start))
            alternates = all(name not in (one.key, other.key) or one.key != other.key for one, other in pairwise(order))
            if name in known or alternates:
                taken += group
        return taken

    def _stands_alone(self, name):
        """A label that needs no other to be known as one."""
        marks = self.groups[name]
        label = marks[0].label
        if len(marks) == 1 and (name in self.excluded or self._breaks_sentence(marks[0])):
            return part_of(label) == "interviewer" and name not in self.excluded
        if len(name) == 1:
            return name == "q" and len(marks) > 1
        if part_of(label):
            return True
        if is_titled(label):
            return len(marks) > 1 or not self._goes_on_small(marks[0])
        repeats = len(marks) > 1 and name not in self.excluded and not self._is_common_word(label)
        return repeats and sum(map(self._goes_on_small, marks)) * 2 <= len(marks)

    def _is_letter_of_pair(self, name, keys):
        pairs = label_words().letters
        others = self.groups.keys()
        return len(name) == 1 and (
            any(name in pair and set(pair) <= others for pair in pairs)
            or (any(name == answer for _, answer in pairs) and any(part_of(k) == "interviewer" for k in keys))
        )

    def _is_common_word(self, label):
        """A word that the text also writes small, or a country: “Again:”, “First:”, “Libya:” begin sentences."""
        if key(label) in country_names():
            return True
        if self.lower_words is None:
            words = (word for line in self.lines for word in WORD.findall(line.text))
            self.lower_words = {word for word in words if word.islower()}
        words = [word.casefold() for word in WORD.findall(label)]
        return all(word in self.lower_words for word in words)

    def _goes_on_small(self, mark):
        """Whether a small letter follows the colon: “First: it is late”."""
        return self.lines[mark.index].text[mark.end : mark.end + 1].islower()

    def _breaks_sentence(self, mark):
        """Whether the line above, or a label alone in it, runs on into the candidate: then that begins prose."""
        line = self.lines[mark.index]
        if mark.start or mark.index == 0:
            return False
        above = self.lines[mark.index - 1].text
        if mark.index - 1 in self.alone:
            return mark.end < len(line.text)
        return not line.gap and (not CLOSED.search(above) or above.endswith((":", "：")))

    def _like_the_others(self, keys):
        """Names used once that are set like most established labels: all in bold, or all in capitals."""
        known = [mark for mark in self.marks if mark.key in keys]
        bold = sum(mark.bold for mark in known) * 3 > len(known) * 2
        capitals = sum(mark.label.isupper() for mark in known) * 3 > len(known) * 2
        return {
            name
            for name in self._open(keys)
            for mark in self.groups[name]
            if (bold and mark.bold) or (capitals and mark.label.isupper() and len(name) > 2)
            if not self._breaks_sentence(mark) and name not in country_names()
        }

    def _misspelt(self, keys):
        """Labels that differ from an established one by a slip of scanner or typist: JOIJRNALIST."""
        long_keys = [name for name in keys if len(name) > 5][:100]
        return {
            name for name in self._open(keys) if len(name) > 5 and any(nearly_same(name, known) for known in long_keys)
        }

    def _where_only_labels_stand(self, keys):
        """Names used once (“AFP”, “Asahi Shimbun”) each directly before a speech of the one who answers."""
        often = Counter(mark.key for mark in self.marks if mark.key in keys and part_of(mark.label) != "interviewer")
        if not often:
            return set()
        answering = often.most_common(1)[0][0]
        candidates = [mark for mark in self.marks if mark.key in keys or self._may_speak_once(mark)]
        return {mark.key for mark, after in pairwise(candidates) if mark.key not in keys and after.key == answering}

    def _who_answers_once(self, keys):
        """Where nobody is known to answer: names used once, each directly after a question."""
        if any(part_of(self.groups[name][0].label) != "interviewer" for name in keys):
            return set()
        candidates = [mark for mark in self.marks if mark.key in keys or self._may_speak_once(mark)]
        return {mark.key for asked, mark in pairwise(candidates) if asked.key in keys and mark.key not in keys}

    def _may_speak_once(self, mark):
        return not (
            self._goes_on_small(mark)
            or self._breaks_sentence(mark)
            or mark.key in self.excluded
            or self._is_common_word(mark.label)
            or (self.has_role_that_asks and " " not in mark.key and not mark.label.isupper())
        )

    def _open(self, keys):
        """Names not yet placed that could be speakers; “Transcript of interview” speaks of a document."""
        no_person = words_of("no_place")
        return [
            name
            for name in self.groups
            if name not in keys and name not in self.excluded and no_person.isdisjoint(name.split())
        ]
