"""Which of the candidates in a text are the labels of speakers.

A colon in prose never makes a turn: a label is a known role word, a titled name, a name that repeats, looks like
the labels already established, or stands where only a label can stand.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from itertools import pairwise

from interviews.ingest.dates import is_date_line
from interviews.ingest.labels import (
    Mark,
    asking_letters,
    calls_for_question,
    is_titled,
    looks_like_name,
    may_be_label,
    part_of,
    short_names,
    speaks_of_office,
)
from interviews.ingest.likeness import nearly_same
from interviews.ingest.lines import Ending, Lines
from interviews.ingest.outlets import looks_like_outlet, split_journalist
from interviews.ingest.words import country_names, field_words, key, label_words, words_of

CLOSED = Ending(r"""[.?!…:;—–\-»”"’')\]。？！]""")
FINISHED = Ending(r"""[.?!…。？！]["”»’')\]]*""")
ASKS = Ending(r"[?؟？]\W*")
QUOTED = re.compile(r"[«“„\"][^«»“”„\"]+[»”“\"]")
WORD = re.compile(r"[^\W\d_]+")
ACRONYM = re.compile(r"[A-Z]{2,6}")
DATE_BELOW = 3
TITLE_LENGTH = 150
LONGEST_CALL = 200
CALLED_WITHIN = LOUD_WITHIN = 200
INTRODUCTION = 60
FEWEST_IN_TURN = 4
INITIALS = range(2, 4)
MOST_ONCE = 20
HEAD_LINES, HEAD_LINE = 40, 500


class Establisher:
    """Decides which candidates of one text are labels."""

    def __init__(self, lines: Lines, marks: Iterable[Mark]):
        self.lines = lines
        marks = [mark for mark in marks if mark.key]
        self.marks = [mark for mark in marks if looks_like_name(mark.label)]
        self.small = [mark for mark in marks if not looks_like_name(mark.label) and may_be_label(mark.label)]
        self.groups = defaultdict(list)
        for mark in self.marks:
            self.groups[mark.key].append(mark)
        tied = short_names(mark.label for mark in self.marks)
        self.used = Counter(tied.get(mark.key, mark.key) for mark in self.marks)
        self.used |= {short: self.used[full] for short, full in tied.items()}
        self.tied = {*tied, *tied.values()}
        self.with_initials = {full for short, full in tied.items() if len(short.replace(" ", "")) == len(full.split())}
        self.alone = {
            mark.index
            for mark in self.marks
            if mark.end == len(lines[mark.index].text) and (part_of(mark.label) or self.used[mark.key] > 1)
        }
        self.asking_letters = asking_letters(self.groups)
        self.has_role_that_asks = any(
            part_of(marks[0].label) == "interviewer" and len(marks) > 1 for marks in self.groups.values()
        )
        self.excluded = _never_speak()

    @cached_property
    def labels_follow_gaps(self):
        """Whether the labels that return stand below empty lines, as paragraphs of this text do."""
        lines = [self.lines[mark.index] for mark in self.marks if self.used[mark.key] > 1 and mark.index]
        return sum(bool(line.gap) for line in lines) * 5 > len(lines) * 4

    def established(self) -> list[Mark]:
        """Return the marks that are labels, in the order of the text."""
        keys = {name for name in self.groups if self._stands_alone(name)}
        keys |= {name for name in self.groups if name not in keys and self._is_letter_of_pair(name, keys)}
        keys = keys or self._named_in_head() or self._single_exchange()
        if not keys:
            return []
        keys |= self._like_the_others(keys)
        keys |= self._misspelt(keys)
        keys |= self._where_only_labels_stand(keys) | self._who_answers_once(keys)
        while more := self._named_once(keys):
            keys |= more
        marks = [mark for mark in self.marks if mark.key in keys]
        marks = sorted(marks + self._small_in_turn(marks), key=lambda mark: mark.place)
        while marks and self._is_title(marks):
            marks = marks[1:]
        return marks

    def _named_in_head(self):
        """Where no label returns: the few names used once that stand above the first of them; somebody must ask."""
        possible = self._possible(())
        if not 1 < len(possible) <= MOST_ONCE:
            return set()
        above = self.lines[: possible[0].index][:HEAD_LINES]
        head = WORD.findall(" ".join(line.text[:HEAD_LINE] for line in above))
        named = [mark for mark in possible if self._is_named(mark, head)]
        asks = any(self._asks_at_end(mark, after) for mark, after in pairwise(possible) if mark in named)
        return {mark.key for mark in named} if asks and len(named) > 1 else set()

    def _is_named(self, mark, head):
        """Whether the words of a head name who bears a label, in any case: the full name, or one of those initials."""
        words = WORD.findall(mark.label)
        if len(words) == 1 and mark.label.isupper() and len(mark.label) in INITIALS:
            runs = zip(*(head[start:] for start in range(len(mark.label))), strict=False)
            return any(mark.label == "".join(word[0] for word in run) for run in runs)
        return len(words) > 1 and any(
            one[0] == words[0][0] and len(other) > 3 and other.startswith(words[-1][:-1])
            for one, other in pairwise(head)
        )

    def _single_exchange(self):
        """Where no label returns: two names used once, the first of which asks the second; nobody asks after them."""
        return {
            name
            for mark, after in pairwise(self._possible(()))
            if self._is_full_name(after) and (self._asks_at_end(mark, after) or self._are_capitals(mark, after))
            if self._is_full_name(mark) or looks_like_outlet(mark.label) or ACRONYM.fullmatch(mark.label)
            if not any(ASKS.search(line.text) for line in self.lines[after.index + 1 :])
            for name in (mark.key, after.key)
        }

    def _are_capitals(self, *marks):
        return all(mark.label.isupper() and self._is_full_name(mark) for mark in marks)

    def _asks_at_end(self, mark, after):
        """Whether the words between two candidates end with a question mark."""
        line = self.lines[after.index - 1]
        return bool(ASKS.search(line.text[mark.end :] if after.index - 1 == mark.index else line.text))

    def _is_title(self, marks):
        """Whether the first label begins the title: the date stands close below it, or what follows is no sentence.

        A role that names somebody is a credit, unless its next speech is after another's.
        """
        first = marks[0]
        if part_of(first.label):
            is_own = self.used[first.key] == 1 or (len(marks) > 1 and marks[1].key == first.key)
            return is_own and self._is_credit(first)
        if len(first.key) == 1:
            return False
        until = marks[1].index if len(marks) > 1 else len(self.lines)
        below = self.lines[first.index + 1 : min(until, first.index + 1 + DATE_BELOW)]
        names_document = not words_of("no_place").isdisjoint(key(self.lines[first.index].text).split())
        return any(is_date_line(line.text) for line in below) or (
            (self.used[first.key] == 1 or names_document) and self._is_headline(first, below)
        )

    def _is_credit(self, mark):
        """Whether a role only names somebody: “Moderation: Ana Example”."""
        text = self.lines[mark.index].text[mark.end :].strip(" |")
        return " " in text and not FINISHED.search(text) and looks_like_name(text)

    def _is_headline(self, mark, below):
        """Whether a short line that no sentence ends stands alone or in quotation marks behind a label."""
        text = self.lines[mark.index].text[mark.end :]
        set_apart = not below or below[0].gap or QUOTED.fullmatch(text)
        goes_on = FINISHED.search(text) or text.endswith(",")
        return 0 < len(text) < TITLE_LENGTH and bool(set_apart) and not goes_on

    def _small_in_turn(self, marks):
        """Labels in small letters or with a digit (“dpa”, “9News”) that take turns with established ones."""
        known = {mark.key for mark in marks}
        groups = defaultdict(list)
        for mark in self.small:
            goes_on = self._goes_on_small(mark) and mark.key not in known
            if mark.key not in self.excluded and not goes_on and not self._breaks_sentence(mark):
                groups[mark.key].append(mark)
        taken = []
        for name, group in groups.items():
            order = sorted([*marks, *group], key=lambda mark: mark.place)
            alternates = all(name not in (one.key, other.key) or one.key != other.key for one, other in pairwise(order))
            sure = len(group) > 1 or looks_like_outlet(group[0].label) or self._asks_here(group[0], order)
            if name in known or (sure and alternates and len(name) > 1):
                taken += group
        return taken

    def _asks_here(self, mark, order):
        """Whether a single word in small letters asks between two speeches under labels."""
        place = order.index(mark)
        after = order[place + 1] if place + 1 < len(order) else None
        return bool(place and after) and " " not in mark.label and self._asks_at_end(mark, after)

    def _asks(self, name):
        return part_of(self.groups[name][0].label) == "interviewer" or name in self.asking_letters

    def _stands_alone(self, name):
        """A label that needs no other to be known as one."""
        marks = self.groups[name]
        label = marks[0].label
        if len(marks) == 1 and (name in self.excluded or self._breaks_sentence(marks[0])):
            asks = part_of(label) == "interviewer" and name not in self.excluded
            return asks and not self._goes_on_small(marks[0])
        if len(name) == 1:
            asks_once = name == "q" and bool(ASKS.search(self.lines[marks[0].index].text))
            return asks_once or (len(marks) > 1 and part_of(label) == "interviewer")
        if part_of(label):
            return len(marks) > 1 or not self._goes_on_small(marks[0])
        if is_titled(label):
            return len(marks) > 1 or not self._goes_on_small(marks[0])
        repeats = self.used[name] > 1 and name not in self.excluded and not self._is_common_word(label)
        return repeats and sum(map(self._goes_on_small, marks)) * 2 <= len(marks)

    def _is_letter_of_pair(self, name, keys):
        pairs = label_words().letters
        others = self.groups.keys()
        return len(name) == 1 and (
            any(name in pair and set(pair) <= others for pair in pairs)
            or (any(name == answer for _, answer in pairs) and any(part_of(k) == "interviewer" for k in keys))
            or (any(name == ask for ask, _ in pairs) and self._asks_between(name, keys))
        )

    def _asks_between(self, name, keys):
        """Whether a letter stands more than once, and always next to somebody who holds an office."""
        titled = [other for other in keys if is_titled(self.groups[other][0].label)]
        order = [mark.key for mark in self.marks if mark.key in (name, *titled)]
        return order.count(name) > 1 and all(name not in pair or pair[0] != pair[1] for pair in pairwise(order))

    def _is_common_word(self, label):
        """A word that the text also writes small, or a country: “Again:”, “First:”, “Libya:” begin sentences."""
        if key(label) in self.tied:
            return False
        if key(label) in country_names():
            return True
        words = [word.casefold() for word in WORD.findall(label)]
        return all(map(self.lines.writes_small, words)) and not label[-1].isdigit()

    def _goes_on_small(self, mark):
        """Whether a small letter follows the colon: “First: it is late”."""
        return self.lines[mark.index].text[mark.end : mark.end + 1].islower()

    def _breaks_sentence(self, mark):
        """Whether the line above, or a label alone in it, runs on into the candidate: then that begins prose."""
        line = self.lines[mark.index]
        if mark.start or mark.index == 0 or self._is_full_form(mark):
            return False
        above = self.lines[mark.index - 1].text
        if mark.index - 1 in self.alone:
            return mark.end < len(line.text)
        if above.isupper() and not line.text[mark.end :].isupper():
            return False
        return not line.gap and (not CLOSED.search(above) or above.endswith((":", "：")))

    def _is_full_form(self, mark):
        """Whether it is the full form of a label that returns: “Ana Rosso, Host” and “Rosso”, “Ana Rosso” and “AR”."""
        tells = mark.key in self.with_initials or ("," in mark.label and mark.key in self.tied)
        return tells and self.used[mark.key] > 1

    def _like_the_others(self, keys):
        """Names used once that are set like most established labels: all in bold, or all in capitals.

        Where the words behind the capitals are in capitals too, somebody raises his voice.
        """
        known = [mark for mark in self.marks if mark.key in keys]
        bold = sum(mark.bold for mark in known) * 3 > len(known) * 2
        capitals = sum(mark.label.isupper() and not self._is_loud(mark) for mark in known) * 3 > len(known) * 2
        return {
            name
            for name in self._open(keys)
            for mark in self.groups[name]
            if (bold and mark.bold) or (capitals and mark.label.isupper() and len(name) > 2 and not self._is_loud(mark))
            if not self._breaks_sentence(mark) and name not in country_names()
        }

    def _is_loud(self, mark):
        return self.lines[mark.index].text[mark.end : mark.end + LOUD_WITHIN].isupper()

    def _misspelt(self, keys):
        """Labels that differ from an established one by a slip of scanner or typist: JOIJRNALIST."""
        long_keys = [name for name in keys if len(name) > 5][:100]
        return {
            name for name in self._open(keys) if len(name) > 5 and any(nearly_same(name, known) for known in long_keys)
        }

    def _where_only_labels_stand(self, keys):
        """Names used once (“Asahi Shimbun”) directly before the one who answers most; known outlets before any."""
        often = Counter(mark.key for mark in self.marks if mark.key in keys and not self._asks(mark.key))
        if not often:
            return set()
        answering = often.most_common(1)[0][0]
        return {
            mark.key
            for mark, after in pairwise(self._possible(keys))
            if mark.key not in keys
            if after.key == answering or (after.key in often and looks_like_outlet(mark.label))
        }

    def _who_answers_once(self, keys):
        """Names used once, each directly after a question; where others are known to answer, after “?”."""
        nobody_answers = all(map(self._asks, keys))
        possible = self._possible(keys)
        return {
            mark.key
            for asked, mark, after in zip(possible, possible[1:], [*possible[2:], None], strict=False)
            if mark.key not in keys and asked.key in keys
            if nobody_answers or (self._asks(asked.key) and self._answers_here(mark, after))
        }

    def _answers_here(self, mark, after):
        """Whether the line above asks, and the next label, if any, asks again."""
        above = self.lines[mark.index - 1].text if mark.index else ""
        return bool(ASKS.search(above)) and (after is None or self._asks(after.key))

    def _named_once(self, keys):
        """Full names used once, “First Last” or “First Last, Outlet”, where a paragraph begins and somebody speaks."""
        possible = [*self._possible(keys), None]
        return {
            mark.key
            for mark, after in pairwise(possible)
            if mark.key not in keys and self._is_full_name(mark) and self._is_heard(mark, after)
        }

    def _is_full_name(self, mark):
        """Two words or more, none written small elsewhere, at the start of a paragraph."""
        words = WORD.findall(mark.label)
        begins = mark.start > 0 or bool(self.lines[mark.index].gap) or not self.labels_follow_gaps
        no_person = words_of("no_place") | country_names()
        common = [word for word in map(str.casefold, words) if word in no_person or self.lines.writes_small(word)]
        known = split_journalist(mark.label) or speaks_of_office(mark.label)
        introduced = len(words) > 1 or self._introduces_itself(mark)
        return begins and introduced and (not common or bool(known))

    def _introduces_itself(self, mark):
        """Whether what follows a single name begins with it: “Jonas: Jonas from the Morning Post.”"""
        said = self.lines[mark.index].text[mark.end :][:INTRODUCTION]
        return mark.label in WORD.findall(said)

    def _is_heard(self, mark, after):
        """Whether a name is spoken in the lines around, or its words ask, call for a question or name an outlet."""
        line = self.lines[mark.index]
        until = after.index if after else len(self.lines)
        said = " ".join([line.text[mark.end :], *(each.text for each in self.lines[mark.index + 1 : until])])
        before = self.lines[mark.index - 1].text[-CALLED_WITHIN:] if mark.index else ""
        around = set(WORD.findall(f"{before} {said[:CALLED_WITHIN]}"))
        is_called = any(word in around for word in WORD.findall(mark.label) if len(word) > 2)
        calls = len(said) < LONGEST_CALL and calls_for_question(said)
        known = split_journalist(mark.label) or speaks_of_office(mark.label)
        return is_called or calls or bool(ASKS.search(said)) or bool(known)

    def _possible(self, keys):
        """The established labels and the names used once that could be labels, in the order of the text."""
        return [mark for mark in self.marks if mark.key in keys or self._may_speak_once(mark)]

    def _may_speak_once(self, mark):
        return not (
            self._goes_on_small(mark)
            or self._breaks_sentence(mark)
            or mark.key in self.excluded
            or (mark.key.split()[0] in self.excluded and not mark.label[-1].isdigit())
            or mark.key.split()[-1] in field_words()
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


@cache
def _never_speak():
    """Return the keys of words before a colon that credit somebody or name a fact."""
    return words_of("credits") | field_words().keys()


def take_turns(marks: Sequence[Mark]) -> bool:
    """Whether at least two labels return and hardly ever follow themselves, as in a conversation."""
    often = Counter(mark.key for mark in marks)
    same = sum(one.key == other.key for one, other in pairwise(marks))
    return len(marks) >= FEWEST_IN_TURN and sum(count > 1 for count in often.values()) > 1 and same * 4 <= len(marks)
