"""An interview in TEI, in the shape of the ParlaMint corpora: `u` for a turn, `seg` for a paragraph.

https://github.com/clarin-eric/ParlaMint (its folder Schema) asks for: a `div` of utterances,
each with who speaks and, as `ana`, in which part; before it a note with the label; stage directions as incidents; names
in the text as `name` of type PER, LOC, ORG or MISC. Beyond it the header names the people itself, `corresp` leads from
an answer to its question, `n` is the number of a turn and `source` the address of its version.
"""

import re
from itertools import takewhile
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from interviews.models import Revision, Turn
from interviews.tagging.tags import marks_of
from interviews.versions import DIGITS, PARAGRAPH_END

from .facts import SAMPLE, Facts

TEI = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
# Of the characters of Unicode XML 1.0 has no way to write these: https://www.w3.org/TR/xml/#charsets
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TYPES = {"person": "PER", "country": "LOC", "place": "LOC", "organisation": "ORG", "outlet": "ORG"}
CATEGORIES = {
    "interview": "The whole conversation.",
    "question": "What is asked.",
    "answer": "What is said to a question.",
    "statement": "What somebody who is interviewed says unasked.",
    "moderator": "What whoever leads the conversation says.",
    "courtesy": "Thanks, greetings: without substance.",
}


def as_tei(facts: Facts, turns) -> str:
    """Return the document; of words that may not be passed on the header alone, with the reason as its text.

    `turns` are fetched with their tags. A character that XML cannot hold becomes a space.
    """
    turns = [] if facts.withheld else list(turns)
    language = facts.interview.language or "und"
    identifier = f"interview-{facts.interview.identifier}"
    root = Element("TEI", {"xmlns": TEI, f"{XML}id": identifier, f"{XML}lang": language, "ana": "#interview"})
    voices = voices_of(turns)
    _add_header(root, facts, voices)
    division = SubElement(SubElement(SubElement(root, "text"), "body"), "div", {"type": "debateSection"})
    for turn in turns:
        _add_turn(division, turn, voices, facts.root)
    if not turns:
        division.set("type", "commentSection")
        _add(division, "note", facts.withheld or "There are no words.", type="editorial")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _add(parent, name, words="", **attributes):
    """Add an element with words, on a line of its own."""
    element = SubElement(parent, name, {key.replace("_", ":"): written(value) for key, value in attributes.items()})
    element.text = written(words) or None
    element.tail = "\n"
    return element


def written(words) -> str:
    """Return words without what XML cannot hold."""
    return UNWRITABLE.sub(" ", str(words))


def _add_header(root, facts, voices):
    header = _add(root, "teiHeader")
    file = _add(header, "fileDesc")
    titles = _add(file, "titleStmt")
    _add(titles, "title", facts.interview.title, type="main")
    _add_publication(file, facts)
    _add_source(file, facts)
    encoding = _add(header, "encodingDesc")
    _add(_add(encoding, "projectDesc"), "p", SAMPLE if facts.interview.sample else f"A transcript in {facts.archive}.")
    taxonomy = _add(_add(encoding, "classDecl"), "taxonomy", xml_id="parts")
    for name, words in CATEGORIES.items():
        _add(_add(taxonomy, "category", xml_id=name), "catDesc", words)
    profile = _add(header, "profileDesc")
    _add_setting(profile, facts)
    _add_people(profile, facts, voices)


def _add_publication(file, facts):
    publication = _add(file, "publicationStmt")
    _add(publication, "publisher", facts.archive)
    _add(publication, "idno", facts.url, type="URI", subtype="permalink")
    _add(publication, "idno", facts.interview.identifier.urn, type="URN")
    availability = _add(publication, "availability", status="restricted" if facts.withheld else "free")
    _add(availability, "licence", facts.licence or "Not stated. The rights are with the publisher.")
    if facts.withheld:
        _add(availability, "p", facts.withheld)


def _add_source(file, facts):
    source = _add(_add(file, "sourceDesc"), "bibl")
    _add(source, "title", facts.interview.title, type="main")
    if facts.asking:
        _add(source, "publisher", facts.asking)
    if facts.origin:
        _add(source, "idno", facts.origin, type="URI")
    if facts.original:
        _add(source, "relatedItem", type="translationOf", target=facts.root + facts.original.get_absolute_url())
    if facts.date:
        _add(source, "date", facts.date.words, when=facts.date.machine)


def _add_setting(profile, facts):
    setting = _add(_add(profile, "settingDesc"), "setting")
    if facts.interview.place:
        _add(setting, "name", facts.interview.place, type="place")
    if facts.date:
        _add(setting, "date", facts.date.words, when=facts.date.machine)


def _add_people(profile, facts, voices):
    """Everybody once who is heard, with the office held at the time."""
    people = {name: voice for voice, name in reversed(voices.items())}
    if not people:
        return
    listed = _add(_add(profile, "particDesc"), "listPerson")
    for name, voice in reversed(people.items()):
        person = _add(listed, "person", xml_id=name, role=voice.part)
        _add(_add(person, "persName"), "term", voice.name)
        if voice.office:
            _add(person, "occupation", voice.office)
        if voice.person:
            _add(person, "idno", facts.root + voice.person.address, type="URI")
            if voice.person.wikidata:
                _add(person, "idno", f"https://www.wikidata.org/entity/{voice.person.wikidata}", type="URI")


def voices_of(turns) -> dict:
    """Return {participation: name within the document}, in the order in which they are first heard.

    A person has one name whatever the labels; who has no name is counted.
    """
    heard = dict.fromkeys(turn.participation for turn in turns if turn.participation)
    unnamed = (voice for voice in heard if not voice.person)
    counted = {voice: f"voice-{number}" for number, voice in enumerate(unnamed, start=1)}
    return {voice: counted.get(voice) or f"person-{voice.person.slug}" for voice in heard}


def _add_turn(division, turn: Turn, voices, root):
    if turn.participation and turn.participation.label:
        _add(division, "note", turn.participation.label, type="speaker")
    if turn.kind == Turn.Kind.DIRECTION:
        incident = _add(division, "incident", type="incident")
        _add(incident, "desc", " ".join(turn.text.split()))
        return
    parts = f"#{turn.kind} #courtesy" if turn.courtesy else f"#{turn.kind}"
    version = f"{root}{turn.get_absolute_url()}?v={Revision.digest(turn.text)[:DIGITS]}"
    said = _add(division, "u", xml_id=turn.number, n=turn.number, ana=parts, source=version)
    if turn.participation:
        said.set("who", f"#{voices[turn.participation]}")
    if turn.reply_to and turn.reply_to.status == "current":
        said.set("corresp", f"#{turn.reply_to.number}")
    said.text = "\n"
    marks, start = marks_of(turn), 0
    for number, paragraph in enumerate(turn.paragraphs, start=1):
        end = start + len(paragraph)
        inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
        segment = _add(said, "seg", xml_id=f"{turn.number}-p{number}")
        _fill(segment, turn.text, start, end, inside, root)
        start = end + len(PARAGRAPH_END)


def _fill(element, text, start, end, marks, root):
    """Give an element the words between two places, with the names in them; names may lie within names."""
    place, last = start, None
    marks = list(marks)
    while marks:
        mark = marks.pop(0)
        inner = list(takewhile(lambda each, mark=mark: each.start < mark.end, marks))
        del marks[: len(inner)]
        _append(element, last, text[place : mark.start])
        kind = TYPES.get(mark.entity.kind, "MISC")
        last = SubElement(element, "name", {"type": kind, "ref": root + mark.entity.address})
        within = [each for each in inner if each.end <= mark.end and (each.start, each.end) != (mark.start, mark.end)]
        _fill(last, text, mark.start, mark.end, within, root)
        place = mark.end
    _append(element, last, text[place:end])


def _append(element, last, words):
    if last is None:
        element.text = (element.text or "") + written(words)
    else:
        last.tail = written(words)
