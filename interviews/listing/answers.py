"""The answers of a list, in the order on screen, few in memory at once."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from interviews import search as engine
from interviews.models import Interview, Turn
from interviews.records import know_rights

MOST = 100_000


@dataclass(frozen=True, slots=True)
class Listing:
    """A list and where it comes from: what was asked for in `words`, its `address`, the day, the archive and
    when any word or fact of it last changed.

    `found` answers there are, of which the first `MOST` are listed. `root` stands before paths.
    """

    results: engine.ResultSet
    address: str
    root: str
    taken_on: datetime.date
    archive: str
    archive_changed: datetime.datetime

    @property
    def words(self) -> str:
        return "".join(words for words, _ in self.results.description.sentence)

    @property
    def found(self) -> int:
        return self.results.found.total

    @property
    def listed(self) -> int:
        return min(self.found, MOST)

    def turns(self) -> Iterator[Turn]:
        """Yield the answers with all that a list prints of them; those that were withdrawn since are passed over."""
        for keys in engine.turns_of(self.results, most=MOST):
            found = Turn.objects.published().for_reading().in_bulk(keys)
            turns = [found[key] for key in keys if key in found]
            share_interviews(turns)
            yield from turns


def listing_of(request: engine.Request, *, address: str, root: str) -> Listing | None:
    """Return the list of all that a search finds; None while no index is usable."""
    results = engine.everything(request)
    if results is None:
        return None
    changed = Turn.objects.published().latest_change() or timezone.now()
    return Listing(results, address, root, timezone.localdate(), settings.ARCHIVE_NAME, changed)


def share_interviews(turns):
    """Let turns of one interview share it, with its speakers and rights: asked for once for all."""
    wanted = {turn.interview_id for turn in turns}
    interviews = Interview.objects.for_records().in_bulk(wanted)
    know_rights(list(interviews.values()))
    voices = {voice.pk: voice for interview in interviews.values() for voice in interview.participations.all()}
    for turn in [*turns, *(turn.reply_to for turn in turns if turn.reply_to)]:
        turn.interview = interviews[turn.interview_id]
        turn.participation = voices.get(turn.participation_id)
