"""Print, as JSON, all that an archive holds but its keys and times: rows, kept bytes, what the search finds."""

import hashlib
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.forms.models import model_to_dict  # noqa: E402

from interviews.models import Entity, FormerAddress, Interview, Mention, Source  # noqa: E402
from interviews.search import Request, search  # noqa: E402
from interviews.search.index.upkeep import is_current  # noqa: E402

KEYS = {"id", "interview", "source", "reply_to", "participation", "moved_to", "person", "outlet", "translation_of"}


def facts(row, **more):
    """The plain fields of a row, with what is said of the rows it points at."""
    return {name: str(value) for name, value in model_to_dict(row, exclude=KEYS).items()} | more


def interviews():
    """Yield each interview with its turns, voices, mentions and readings."""
    for interview in Interview.objects.order_by("title", "date", "slug"):
        turns = interview.turns.select_related("reply_to", "participation").order_by("position")
        mentions = Mention.objects.filter(turn__interview=interview).order_by("turn__number", "start", "entity__name")
        readings = interview.readings.select_related("source").order_by("source__sha256")
        yield facts(
            interview,
            outlet=str(interview.outlet),
            voices=sorted((voice.label, voice.part, str(voice.person)) for voice in interview.participations.all()),
            turns=[facts(t, replies=t.reply_to and t.reply_to.number, voice=t.speaker_name) for t in turns],
            mentions=[
                (m.turn.number, m.entity.name, m.start, m.end) for m in mentions.select_related("turn", "entity")
            ],
            readings=[(r.source.sha256, r.layout, r.encoding, r.spans, r.facts) for r in readings],
        )


def kept():
    """Return {path below the folder of sources: SHA-256 of the bytes that lie there}."""
    folder = settings.ARCHIVE_DATA / "sources"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


json.dump(
    {
        "interviews": list(interviews()),
        "sources": sorted((source.name, source.sha256, source.size) for source in Source.objects.all()),
        "entities": sorted((entity.kind, entity.slug, entity.name) for entity in Entity.objects.all()),
        "former addresses": sorted(FormerAddress.objects.values_list("path", flat=True)),
        "kept": kept(),
        "index is current": is_current(),
        "found": search(Request()).total,
    },
    sys.stdout,
    ensure_ascii=False,
    sort_keys=True,
)
