"""Whatever is edited, every number that was ever given out leads to its words, or says that they are gone."""

import datetime
import itertools
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviews.ingest.prepared import Prepared
from interviews.ingest.received import Received, Run
from interviews.ingest.store import store
from interviews.ingest.transcript import Header, Speaker, SpokenTurn, Transcript
from interviews.models import Turn

pytestmark = pytest.mark.django_db
SYLLABLES = ["ba", "du", "fe", "gi", "ko", "lu", "ma", "ne", "po", "ri"]
_words = map("".join, itertools.product(SYLLABLES, repeat=7))
_serial = itertools.count(1)


@dataclass(frozen=True)
class Speech:
    """A question or an answer of words that no other speech has."""

    kind: str
    words: tuple[str, ...]

    @classmethod
    def new(cls, kind):
        return cls(kind, tuple(itertools.islice(_words, 12)))


def transcript_of(speeches):
    """Return what a parser would read: an answer answers the last question."""
    turns, asked = [], None
    for index, speech in enumerate(speeches):
        number = f"{speech.kind[0]}{index + 1}"
        asked = number if speech.kind == "question" else asked
        reply_to = asked if speech.kind == "answer" else None
        text = " ".join(speech.words)
        turns.append(SpokenTurn(number, speech.kind, speech.kind, None, (text,), (1, 1), reply_to=reply_to))
    speakers = (Speaker("question", None, "interviewer"), Speaker("answer", None, "interviewee"))
    header = Header(title="Talks", date=datetime.date(2019, 3, 5), outlet="Il Molo", language="en")
    return Transcript("", "utf-8", "colon", header, tuple(turns), speakers, ())


def insert(speeches, at):
    return [*speeches[:at], Speech.new("question"), Speech.new("answer"), *speeches[at:]]


def delete(speeches, at):
    return speeches[:at] + speeches[at + 1 :]


def correct(speeches, at):
    speech = speeches[at]
    words = (*speech.words[:3], next(_words), *speech.words[4:])
    return [*speeches[:at], Speech(speech.kind, words), *speeches[at + 1 :]]


def split(speeches, at):
    speech = speeches[at]
    if len(speech.words) < 10:
        return speeches
    parts = [Speech(speech.kind, speech.words[:5]), Speech.new("question"), Speech(speech.kind, speech.words[5:])]
    return [*speeches[:at], *parts, *speeches[at + 1 :]]


def join(speeches, at):
    """Let a speech hold the next one too: its label was lost."""
    if at + 1 == len(speeches):
        return speeches
    whole = Speech(speeches[at].kind, speeches[at].words + speeches[at + 1].words)
    return [*speeches[:at], whole, *speeches[at + 2 :]]


def move(speeches, at):
    return [*speeches[at:], *speeches[:at]]


edits = st.lists(
    st.lists(
        st.tuples(st.sampled_from([insert, delete, correct, split, join, move]), st.integers(0, 100)),
        min_size=1,
        max_size=3,
    ),
    min_size=1,
    max_size=4,
)


def receive(name, speeches):
    data, prepared = repr(speeches).encode(), Prepared.of(transcript_of(speeches))
    return store(Received(name, data), prepared, Run(), replaces=INTERVIEWS.get(name))


INTERVIEWS = {}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits)
def test_numbers_last(client, editions):
    name = f"{next(_serial)}.txt"
    speeches = [Speech.new(kind) for kind in ("question", "answer") * 3]
    interview = INTERVIEWS[name] = receive(name, speeches).interview
    words = {}
    before = {}
    for edition in [[], *editions]:
        for edit, at in edition:
            speeches = edit(speeches, at % len(speeches)) if len(speeches) > 1 else insert(speeches, 0)
        receive(name, speeches)
        turns = list(Turn.objects.filter(interview=interview).order_by("position"))
        now = {(turn.kind, turn.text): turn.number for turn in turns if turn.status == "current"}
        assert list(now) == [(speech.kind, " ".join(speech.words)) for speech in speeches]
        assert all(before[key] == now[key] for key in before.keys() & now.keys()), "same words, another number"
        for turn in turns:
            spoken = set(turn.text.split())
            assert spoken & words.get(turn.number, spoken), f"{turn.number} was given to other words"
            words[turn.number] = spoken
            if turn.status == "moved":
                assert leads_to(turn).status == "withdrawn" or words[turn.number] & set(leads_to(turn).text.split())
        assert len(turns) == len(words), "a number was lost"
        before = now
    check_answers(client, interview)


def leads_to(turn):
    while turn.status == "moved":
        turn = turn.moved_to
    return turn


def check_answers(client, interview):
    interview.refresh_from_db()
    expected = {"current": [200], "withdrawn": [410], "moved": [301, 410]}
    for turn in interview.turns.all():
        assert client.get(turn.get_absolute_url()).status_code in expected[turn.status]
