"""What programs read in the head of a page: tags of Highwire Press and Dublin Core, and JSON-LD of schema.org.

Zotero takes the type of an item from DC.type and its fields from both kinds of tags (its translator “Embedded
Metadata”); search engines of scholars read those that begin with citation_.
"""

import json

from django.utils.safestring import SafeString

from interviews.wording import shortened_question

# What HTML could take for the end of a script element, written as JSON may write it.
IN_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
PARTS = {"question": "Question", "answer": "Answer"}


def meta_tags(reference):
    """Return (name, content) pairs in order; what is not known is left out."""
    tags = [
        ("citation_title", reference.title),
        *(("citation_author", _author(speaker.name)) for speaker in reference.speakers),
        ("citation_publication_date", _dated(reference, "/")),
        ("citation_public_url", reference.url),
        ("citation_language", reference.language),
        ("citation_publisher", reference.archive),
        *((f"DC.{name}", content) for name, content in dublin_core(reference)),
    ]
    return [(name, content) for name, content in tags if content]


def dublin_core(reference):
    """Return the (element, content) pairs of Dublin Core; what is not known is left out."""
    elements = [
        ("type", "interview"),
        ("title", reference.title),
        *(("creator", _author(speaker.name)) for speaker in reference.speakers),
        *(("contributor", name.in_list) for name in reference.interviewers),
        ("date", _dated(reference, "-")),
        ("identifier", reference.url),
        ("language", reference.language),
        ("publisher", reference.archive),
        ("source", reference.source_url),
        ("coverage", reference.place),
    ]
    return [(name, content) for name, content in elements if content]


def linked_data(reference, *, turn=None, turns=()):
    """Return JSON-LD for a script element, escaped for it: the interview with its parts, or one part of it.

    Of `turns` questions and answers are named by addresses relative to the interview's; `turn` is given with its words.
    """
    described = _part(reference, turn) if turn else _conversation(reference, turns)
    known = {name: value for name, value in described.items() if value}
    text = json.dumps({"@context": "https://schema.org"} | known, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.translate(IN_SCRIPT))


def _conversation(reference, turns):
    answers = {}
    for turn in turns:
        if turn.kind == turn.Kind.ANSWER and turn.reply_to_id:
            answers.setdefault(turn.reply_to_id, []).append({"@type": "Answer", "@id": f"{turn.number}/"})
    questions = [turn for turn in turns if turn.kind == turn.Kind.QUESTION and not turn.courtesy]
    return _about(reference) | {
        "@type": "Conversation",
        "@id": reference.url,
        "name": reference.title,
        "hasPart": [
            {"@type": "Question", "@id": f"{turn.number}/"}
            | ({"suggestedAnswer": answers[turn.pk]} if turn.pk in answers else {})
            for turn in questions
        ],
    }


def _part(reference, turn):
    interview = {
        "@type": "Conversation",
        "@id": reference.url.partition("?")[0].removesuffix(f"{turn.number}/"),
        "name": reference.title,
    }
    asked = turn.reply_to if turn.reply_to and turn.reply_to.status == turn.Status.CURRENT else None
    question = {"@type": "Question", "@id": f"../{asked.number}/", "text": asked.text} if asked else None
    return _about(reference) | {
        "@type": PARTS.get(turn.kind, "Quotation"),
        "@id": reference.url,
        "name": f"{reference.locator}: {shortened_question((asked or turn).text)}",
        "text": turn.text,
        "version": reference.version,
        "isPartOf": interview,
        "parentItem": question,
    }


def _about(reference):
    roles = [_role(speaker, outlet=reference.outlet) for speaker in reference.speakers]
    return {
        "url": reference.url,
        "author": roles,
        "contributor": [{"@type": "Person", "name": name.whole} for name in reference.interviewers],
        "sourceOrganization": reference.outlet and {"@type": "Organization", "name": reference.outlet},
        "datePublished": reference.date and reference.date.machine,
        "locationCreated": reference.place and {"@type": "Place", "name": reference.place},
        "inLanguage": reference.language,
        "isBasedOn": reference.source_url,
        "translationOfWork": reference.original_title
        and {"@type": "Conversation", "name": reference.original_title, "inLanguage": reference.original_language},
        "archivedAt": reference.url,
        "provider": {"@type": "Organization", "name": reference.archive},
    }


def _role(speaker, *, outlet):
    if speaker.name.whole == outlet:
        return {"@type": "Organization", "name": outlet}
    person = {"@type": "Person", "name": speaker.name.whole}
    return person | {"jobTitle": speaker.office} if speaker.office else person


def _author(name):
    """A name for Zotero, which parts it at the only comma, but takes two people where spaces stand on both sides."""
    if not name.family:
        return name.whole
    before = f"{name.given} {name.suffix}".strip()
    return name.whole.replace(",", "") if " " in name.surname and " " in before else f"{name.surname}, {before}"


def _dated(reference, between):
    return reference.date.machine.replace("-", between) if reference.date else ""
