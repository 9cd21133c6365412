"""What all citations of one interview, or of one turn of it, are made of."""

import datetime
import re
from dataclasses import dataclass

from django.conf import settings

from interviews.models import Interview, Revision
from interviews.partial_date import PartialDate
from interviews.passages import find
from interviews.versions import DIGITS, PARAGRAPH_END

from .names import Name, name_of_person
from .phrases import Own, enumerated

# Marks that turn the direction of what follows: a citation isolates its parts itself. Joiners are letters' own.
DIRECTIONAL_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says, or asks, what is cited, with the office held at the time, '' where none is known."""

    name: Name
    office: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything a citation may state. What is not known is empty: '', () or None.

    All words are on one line and without directional marks. `event` says what it was (“interview”, “press
    conference”); `asked` is filled where a question is cited, whose speaker is who asked it. `locator` names the part
    (“Answer 3b”, “Answer 3b, paragraph 2”), '' for the whole. `version` is the short hash of the words cited, of a
    part only. `url` names that version, so that what was cited can always be shown.
    """

    key: str
    kind: str
    event: str
    speakers: tuple[Speaker, ...]
    asked: tuple[Name, ...]
    interviewers: tuple[Name, ...]
    outlet: str
    title: str
    original_title: str
    original_language: str
    place: str
    date: PartialDate | None
    language: str
    archive: str
    locator: str
    version: str
    url: str
    source_url: str
    accessed: datetime.date

    @property
    def occasion(self):
        """What it was, as a phrase: interview by Radio Meridian; interview with Ilsa Varga; press conference."""
        if self.asked:
            return (self.event, " with ", *listed(self.asked))
        asking = list(listed(self.interviewers)) if self.interviewers else []
        if self.outlet:
            asking += [" for ", Own(self.outlet)] if asking else [Own(self.outlet)]
        return (self.event, self._by, *asking) if asking else (self.event,)

    @property
    def _by(self):
        """Only an interview is by those who ask; at a press conference they ask one question each."""
        if self.kind == Interview.Kind.INTERVIEW:
            return " by "
        return ", question by " if self.locator else ", "


def listed(names):
    """Return names as they are written: “Ilsa Varga and Tomas Leander”."""
    return enumerated([(Own(name.whole),) for name in names])


def name_of(turn):
    """Return what readers call a turn: “Answer 3b”, “Question 3”, “Statement 1”."""
    return f"{turn.Kind(turn.kind).label} {turn.number[1:]}"


def reference_of(found, *, site_url, accessed, version=None, passage=None, names_version=True):
    """Return the reference of an interview, or of a turn of it.

    `site_url` is the root of the site without a slash, `accessed` the reader's day. `version` is one of
    `interviews.versions` (of a turn; its present text if None), `passage` names words of that, as
    `interviews.passages` has them. `names_version` is off where the words may not be known, not even by their name.
    """
    turn = None if isinstance(found, Interview) else found
    interview = turn.interview if turn else found
    original = _original(interview)
    text = version.text if version else turn.text if turn else ""
    short = Revision.digest(text)[:DIGITS] if turn and names_version else ""
    return Reference(
        key=_key(interview, turn),
        kind=interview.kind,
        event=interview.get_kind_display().lower(),
        speakers=tuple(_speakers(interview, turn)),
        asked=tuple(_asked(interview)) if turn and turn.kind == turn.Kind.QUESTION else (),
        interviewers=tuple(_interviewers(interview, turn)),
        outlet=tidy(turn.outlet if turn else interview.outlet),
        title=tidy(interview.title),
        original_title=tidy(original.title) if original else "",
        original_language=original.language if original else "",
        place=tidy(interview.place),
        date=PartialDate.of(interview),
        language=interview.language,
        archive=tidy(settings.ARCHIVE_NAME),
        locator=_locator(turn, text, passage) if turn else "",
        version=short,
        url=site_url + found.get_absolute_url() + _query(short, passage),
        source_url=interview.source_url if interview.source_url.lower().startswith(("https://", "http://")) else "",
        accessed=accessed,
    )


def _original(interview):
    """Return what an interview translates, None where that is not published or in the same language."""
    original = interview.translation_of if interview.translation_of_id else None
    translated = original and original.is_published and original.language != interview.language
    return original if translated else None


def tidy(words):
    """Return somebody's words on one line, without control characters and directional marks; '' for None."""
    return " ".join(DIRECTIONAL_MARKS.sub("", CONTROLS.sub(" ", str(words or ""))).split())


def _key(interview, turn):
    """Return a name for files and bibliographies, in the letters of addresses: radio-meridian-2025-03-14-a3."""
    parts = (interview.slug, interview.dated.replace("/", "-"), turn.number if turn else "")
    return "-".join(part for part in parts if part)


def _locator(turn, text, passage):
    """Answer 3; of a passage also the paragraph in which it begins, where there are several."""
    place = find(text, passage) if passage and PARAGRAPH_END in text else None
    if not place:
        return name_of(turn)
    return f"{name_of(turn)}, paragraph {text.count(PARAGRAPH_END, 0, place[0]) + 1}"


def _query(short, passage):
    asked = [f"{name}={value}" for name, value in (("v", short), ("passage", passage)) if value]
    return f"?{'&'.join(asked)}" if asked else ""


def _speakers(interview, turn):
    voices = [turn.participation] if turn else interview.voices("interviewee")
    if turn and turn.kind == turn.Kind.QUESTION and not (turn.participation and turn.participation.person):
        voices = []  # “Question” and “Journalist” name nobody
        if turn.outlet:
            yield Speaker(Name(tidy(turn.outlet)))
    for voice in voices:
        if voice and voice.name:
            yield Speaker(_name(voice), tidy(voice.office or _office(interview, voice)))


def _office(interview, voice):
    """The office under another label of the same person in the interview."""
    same = (other for other in interview.voices(voice.part) if voice.person_id and other.person_id == voice.person_id)
    return next((other.office for other in same), "")


def _asked(interview):
    return (_name(voice) for voice in interview.voices("interviewee"))


def _interviewers(interview, turn):
    """Whoever asked: of an answer its asker, of an interview all who are known, of a press conference nobody.

    Of a question they are the speakers.
    """
    if turn is None:
        if interview.kind != Interview.Kind.INTERVIEW:
            return []
        return [_name(voice) for voice in interview.voices("interviewer") if voice.person]
    asker = turn.reply_to and turn.reply_to.participation
    return [_name(asker)] if asker and asker.person else []


def _name(voice):
    person = voice.person
    if not person:
        return Name(tidy(voice.name))
    return name_of_person(tidy(person.name), country=person.country.iso_code if person.country else "")
