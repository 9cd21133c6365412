"""What has the form of an interview and is none: lists, press releases with quotations, answers that nobody gives."""

import re
from collections.abc import Iterable, Sequence

from interviews.ingest.labels import part_of
from interviews.ingest.narration import names_document
from interviews.ingest.speeches import Speech
from interviews.ingest.transcript import Problem, Severity, Speaker
from interviews.ingest.words import key, label_words

STOP = re.compile(r"[.?!…。？！؟;।]|[—–-]\s*$")
QUOTE = re.compile(r"[“„\"«]")
ITEM = 100  # characters
LEAST_SPACES = 1 / 20
FIRST_WORDS = 5
NOBODY_NAMED = Problem(
    "unnamed_speakers",
    None,
    "It names nobody, and its head speaks of no interview: this may be a list of questions with their answers. "
    "Name who speaks before you publish it.",
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


def _is_role(label):
    return part_of(label) in ("interviewer", "interviewee")
