"""The same conversation twice in one file, in two languages: paragraph by paragraph, or one version after the other.

Two languages alone prove nothing: one may ask in his own and another answer in hers. Versions are told apart only where
both sides speak in each, in the same order and at about the same length.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from interviews.ingest.labels import Mark, office_in, part_of
from interviews.ingest.language import detect_language, leaning
from interviews.ingest.layouts import Choice, choose
from interviews.ingest.lines import Field, Fragment, Line, whole
from interviews.ingest.speakers import parts_of
from interviews.ingest.speeches import split
from interviews.ingest.transcript import Header, Problem, Severity, Transcript
from interviews.ingest.words import key, letters_in

OTHER_LANGUAGE = "in another language"
IN_DOUBT = (
    "It is in two languages ({} and {}) in about equal parts. If that is one conversation twice, keep one version in "
    "the file; if not, publish it as it is."
)
LANGUAGE_FIELDS = ("lang", "language")
OF_THE_EVENT = ("date", "precision", "time", "outlet", "outlet_country", "place", "kind", "source_url")
SEPARATOR = re.compile(r"\||\s{3,}|(?<=\s)/(?=\s)")
LONG_LINE = 40
ENOUGH, MOST = 120, 600  # letters of a cell, of a line, that tell its language
GLANCE = 60  # letters of a cell, where a wrong guess only makes all of them looked at
SAMPLED = 10  # long lines at either end of a text
LOOKED_AT = 5  # every fifth of them shows whether there can be a second language
LEAST_SHARE = 0.25  # of all letters, for the shorter version
IN_ONE_PIECE = 0.97
ALIKE, DOUBTFUL = 0.8, 0.5
LEAST_TURNS = 0.75  # of the version that has more
MOST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Version:
    """One of two versions: its language, its lines in order, how they read, and all that stands outside them.

    `borrowed`: only the other version has labels; where its speeches begin is known from them.
    """

    language: str
    lines: tuple[Line, ...]
    outside: tuple[Fragment, ...]
    read_as: Choice
    borrowed: bool = False

    def choice(self, lines: Sequence[Line]) -> Choice:
        """Return how these lines of it (without furniture) are to be read."""
        if not self.borrowed:
            return choose(lines)
        place = {id(line): index for index, line in enumerate(lines)}
        marks = [(place.get(id(self.lines[mark.index])), mark) for mark in self.read_as.marks]
        marks = tuple(mark._replace(index=index) for index, mark in marks if index is not None)
        return replace(self.read_as, marks=marks, speeches=tuple(split(lines, marks)))


@dataclass(frozen=True, slots=True)
class Versions:
    """Both versions, first the one that begins first. Not `sure`: they may be something else than translations."""

    first: Version
    second: Version
    sure: bool


def versions(lines: Sequence[Line], languages: Counter[str]) -> Versions | None:
    """Return the two versions of the conversation that lines hold in these languages, None where they hold it once."""
    common = languages.most_common(2)
    if len(common) < 2 or common[1][1] * 5 < len(_long_lines(lines)):
        return None
    languages = [language for language, _ in common]
    lines, separators = _apart(lines, languages)
    leanings = [leaning(line.text, languages) for line in lines]
    pieces = _two_pieces(lines, leanings, languages)
    spoken_in = pieces or _languages_of(lines, leanings, languages)
    both = [_version(lines, spoken_in, language, separators) for language in languages]
    letters = [sum(letters_in(line.text) for line in version.lines) for version in both]
    if min(letters) < LEAST_SHARE * sum(letters):
        return None
    if not pieces:
        both = _with_borrowed_marks(lines, spoken_in, both)
    likeness = _likeness(*both)
    both.sort(key=lambda version: version.lines[0].pieces[0].start)
    if likeness >= DOUBTFUL:
        return Versions(*both, sure=likeness >= ALIKE and not _different_people(*both))
    return Versions(*both, sure=False) if pieces and _one_is_bare(both, letters) else None


def _one_is_bare(both, letters):
    """Whether of two pieces of nearly one length only one has speakers: the other may be its translation."""
    return min(letters) * 3 > sum(letters) and sum(bool(each.read_as.marks) for each in both) == 1


def _different_people(one, other):
    """Whether other names answer in the one language than in the other, as where two ministers meet the press."""
    names = [_answering(version) for version in (one, other)]
    same_script = len({any(map(str.isascii, words)) for words in names}) == 1
    return all(names) and same_script and not names[0] & names[1]


def _answering(version):
    """Return the words of the labels that answer, offices aside."""
    speeches = version.read_as.speeches
    labels = (
        each.label or "" for each, part in zip(speeches, parts_of(speeches), strict=True) if part == "interviewee"
    )
    named = (label for label in labels if not part_of(label) and len(key(label)) > 1)
    return {word for label in named for word in key(label).removeprefix(office_in(label)).split()}


def languages_of(lines: Sequence[Line]) -> Counter[str]:
    """Count the languages of the long lines at both ends of a text: of some at a glance, of all where these differ."""
    sample = _long_lines(lines)
    if len(sample) > SAMPLED and len(glanced := _languages_in(sample[::LOOKED_AT], GLANCE)) < 2:
        return glanced
    return _languages_in(sample, ENOUGH)


def _long_lines(lines):
    """Return the texts of the long lines at both ends of a text."""
    texts = [line.text for line in lines if len(line.text) >= (LONG_LINE if line.text.isascii() else LONG_LINE // 2)]
    return texts if len(texts) <= 2 * SAMPLED else texts[:SAMPLED] + texts[-SAMPLED:]


def _languages_in(texts, enough):
    """Count the languages of what stands between the separators of texts, told by so many letters."""
    cells = [text[start:end][:enough] for text in texts for start, end in _cells(text[:MOST])]
    return Counter(language for cell in cells if (language := detect_language(cell)))


def _cells(text) -> list[tuple[int, int]]:
    """Return the places [start, end) of what stands between the separators of a line, where it has letters."""
    ends = [(0, 0), *(found.span() for found in SEPARATOR.finditer(text)), (len(text), len(text))]
    cells = []
    for (_, start), (end, _) in pairwise(ends):
        words = text[start:end]
        if any(map(str.isalpha, words)):
            cells.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
    return cells


def _apart(lines, languages):
    """Return (lines, fragments between them), a row of two columns or a label in both languages taken apart."""
    apart, separators = [], []
    for line in lines:
        cells = _cells(line.text)
        leanings = [leaning(line.text[start:end], languages) for start, end in cells] if len(cells) == 2 else (0, 0)
        if leanings[0] * leanings[1] >= 0:
            apart.append(line)
            continue
        apart += [line.part(start, end) for start, end in cells]
        (first, end), (start, last) = cells
        separators += [Fragment(line, *gap) for gap in ((0, first), (end, start), (last, len(line.text)))]
    return apart, tuple(fragment for fragment in separators if fragment.end > fragment.start)


def _languages_of(lines, leanings, languages):
    """Return for each line the set of those of the two languages to which it belongs.

    A line without letters belongs to both; a label alone on its line, and one too short to tell, to the language of
    what follows it.
    """
    spoken_in, after = [], set(languages)
    for line, lean in zip(reversed(lines), reversed(leanings), strict=True):
        own = {languages[lean < 0]} if lean else after
        if not any(map(str.isalpha, line.text)):
            own = set(languages)
        elif line.text.endswith((":", "：")) and len(after) == 1:
            own = after
        spoken_in.append(own)
        after = own if len(own) == 1 else after
    return spoken_in[::-1]


def _two_pieces(lines, leanings, languages):
    """Return for each line the set of its one language, where one version follows the other; else None."""
    weights = [letters_in(line.text) * ((lean > 0) - (lean < 0)) for line, lean in zip(lines, leanings, strict=True)]
    before = [0, *accumulate(weights)]
    total, letters = before[-1], sum(map(abs, weights))
    at = max(range(len(before)), key=lambda index: abs(2 * before[index] - total))
    if abs(2 * before[at] - total) + letters < 2 * IN_ONE_PIECE * letters:
        return None
    first, second = languages if before[at] > 0 else reversed(languages)
    return [{first if index < at else second} for index in range(len(lines))]


def _version(lines, spoken_in, language, separators):
    """Return the lines of one language; where lines of the other were taken out between two, they stand apart."""
    kept, outside, apart = [], list(separators), False
    for line, own in zip(lines, spoken_in, strict=True):
        if language in own:
            kept.append(replace(line, gap=1) if apart and not line.gap else line)
        else:
            outside.append(whole(line))
        apart = language not in own
    return Version(language, tuple(kept), tuple(outside), choose(kept))


def _with_borrowed_marks(lines, spoken_in, both):
    """Where only one version bears labels, let each of its speeches begin in the other with the next line there."""
    labelled = [len({mark.key for mark in version.read_as.marks}) > 1 for version in both]
    if sum(labelled) != 1:
        return both
    own, bare = both if labelled[0] else reversed(both)
    speeches = own.read_as.speeches
    parts = {speech.mark: part for speech, part in zip(speeches, parts_of(speeches), strict=True) if speech.mark}
    begins = {}
    for mark in own.read_as.marks:
        line = own.lines[mark.index]
        part = parts.get(Fragment(line, mark.start, mark.end))
        if part:  # a label that stands again begins no speech
            begins[line.pieces[0].start] = mark._replace(start=0, end=0, part=part)
    marks = tuple(_next_lines(lines, spoken_in, bare.language, begins))
    read_as = replace(own.read_as, marks=marks, speeches=tuple(split(bare.lines, marks)))
    return [replace(bare, read_as=read_as, borrowed=True) if version is bare else version for version in both]


def _next_lines(lines, spoken_in, language, begins) -> Iterator[Mark]:
    """Yield each mark of `begins` (by the start of its line) at the first line after it that is in a language only."""
    waiting, index = None, 0
    for line, languages in zip(lines, spoken_in, strict=True):
        waiting = begins.get(line.pieces[0].start, waiting)
        if waiting and languages == {language}:
            yield waiting._replace(index=index)
            waiting = None
        index += language in languages


def _likeness(one, other):
    """How far two versions say the same, 0 to 1: the same side speaks, in the same order, at the same length."""
    one, other = (list(_speeches(version)) for version in (one, other))
    both_ask = all(len({side for side, _ in speeches}) == 2 for speeches in (one, other))
    if not both_ask or min(len(one), len(other)) < LEAST_TURNS * max(len(one), len(other)):
        return 0
    best = [0.0] * (len(other) + 1)
    for side, share in one:
        above, best = best, [0.0]
        for index, (other_side, other_share) in enumerate(other):
            together = above[index] + (min(share, other_share) if side == other_side else 0)
            best.append(max(above[index + 1], best[-1], together))
    return best[-1]


def _speeches(version) -> Iterator[tuple[bool, float]]:
    """Yield for each of its first speeches whether it asks, and its share of them all."""
    speeches = version.read_as.speeches
    parts = parts_of(speeches)[:MOST_COMPARED]
    letters = [letters_in(speech.text) for speech in speeches[:MOST_COMPARED]]
    total = sum(letters) or 1
    for length, part in zip(letters, parts, strict=True):
        yield part == "interviewer", length / total


def in_order(found: Versions, fields: Sequence[Field]) -> tuple[Version, Version]:
    """Return first the version in the language that the document states, else the one that begins first."""
    stated = next((field.value.casefold()[:2] for field in fields if field.name.casefold() in LANGUAGE_FIELDS), "")
    return (found.second, found.first) if found.second.language == stated else (found.first, found.second)


def in_doubt(found: Versions) -> Problem:
    """Return what a person should look at where two languages may or may not be two versions."""
    line = found.second.lines[0].number
    message = IN_DOUBT.format(found.first.language, found.second.language)
    return Problem("bilingual", line, message, Severity.DRAFT)


def as_translation(transcript: Transcript, header: Header) -> Transcript:
    """Return the other version with the facts of the event that only the first one's header gives."""
    own = transcript.header
    given = {name: getattr(own, name) or getattr(header, name) for name in OF_THE_EVENT}
    if not own.date:
        given["precision"] = header.precision
    problems = tuple(problem for problem in transcript.problems if problem.code not in ("no_date", "no_title"))
    return replace(transcript, header=replace(own, **given), problems=problems)
