"""Citations in one line, after the Chicago Manual's form for interviews (17th edition, 14.211)."""

import re

from django.conf import settings

from interviews.partial_date import PartialDate

# Where the family name is written first in English too, a name is cited as it stands.
FAMILY_NAME_FIRST = {"CN", "KP", "KR", "TW", "VN"}
NOT_INVERTED = re.compile("[^\u0000-\u058f\u1e00-\u22ff]")  # scripts beyond Latin, Greek, Cyrillic and Armenian


def name_of(turn):
    """Return what readers call a turn: “Answer 3b”, “Question 3”, “Statement 1”."""
    return f"{turn.Kind(turn.kind).label} {turn.number[1:]}"


def inverted(person):
    """Return a person's name as a list is sorted by: “Varga, Ilsa”, “von der Leyen, Ursula”.

    Names of one word, names in scripts that do not invert, and names that stand family name first stay as they are.
    """
    words = person.name.split()
    home = person.country.iso_code if person.country else ""
    if len(words) < 2 or "," in person.name or home in FAMILY_NAME_FIRST or NOT_INVERTED.search(person.name):
        return person.name
    particles = [place for place, word in enumerate(words[1:-1], start=1) if word.islower()]
    start = particles[0] if particles else len(words) - 1
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}"


def cite(turn, *, url):
    """Return the one-line citation of a turn at `url`, its permalink. What the archive does not know is left out.

    Varga, Ilsa, Minister of Foreign Affairs. Interview by Radio Meridian. 14 March 2025. Answer 2.
    Diplomatic Interview Archive. https://archive.example/interviews/2025/03/14/radio-meridian/a2/.
    """
    return " ".join(sentences_of(turn, url=url))


def sentences_of(turn, *, url):
    """Return the sentences of a citation one by one, for pages that must keep their directions apart."""
    date = PartialDate.of(turn.interview)
    event = _event_of_question if turn.kind == "question" else _event
    sentences = [_speaker(turn), event(turn.interview), date and date.words, name_of(turn), settings.ARCHIVE_NAME, url]
    return [part if part.endswith((".", "?", "!")) else f"{part}." for part in sentences if part]


def _speaker(turn):
    voice = turn.participation
    if voice and voice.person:
        name = inverted(voice.person)
        return f"{name}, {voice.office}" if voice.office else name
    if turn.kind == "question":  # “Question” and “Journalist” name nobody
        return str((voice and voice.outlet) or turn.interview.outlet or "")
    return voice.name if voice else ""


def _event(interview):
    """Interview by Radio Meridian; Press conference, Rome."""
    event = interview.get_kind_display()
    if interview.outlet:
        return f"{event} by {interview.outlet}" if interview.kind == "interview" else f"{event}, {interview.outlet}"
    return f"{event}, {interview.place}" if interview.place else event


def _event_of_question(interview):
    """Interview with Ilsa Varga and Tomas Leander."""
    people = [voice.name for voice in interview.voices("interviewee")]
    return f"{interview.get_kind_display()} with {' and '.join(people)}" if people else _event(interview)
