"""Which interviews of the same days may hold the same words, remembered for a run over many files.

The sketches of a week are read from the database once, however many files fall into it.
"""

import datetime
from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Sequence

from interviews.ingest.resemblance import SAMPLE, estimated_share
from interviews.models import Interview, Reading

WEEK = 7
WEEKS = 60
MAYBE_SHARE = 0.3
# What many texts have in common tells none of them from the others, and five that are most alike are enough to look at.
SHARING = 20
CANDIDATES = 5
ONE_IN = 4


class Week:
    """The sketches of the interviews of one week and language, found by a quarter of the hashes in them."""

    def __init__(self):
        self.sketches: dict[int, array] = {}
        self.holding: dict[int, list[int]] = defaultdict(list)

    def add(self, key: int, sketch: Sequence[int]) -> None:
        self.sketches[key] = array("I", sketch)
        for number in sketch:
            if len(sketch) > SAMPLE and number % ONE_IN:
                continue
            if len(self.holding[number]) < SHARING and key not in self.holding[number]:
                self.holding[number].append(key)


class Nearby:
    """Finds interviews that resemble a text, among those of the week before, the same week and the week after."""

    def __init__(self):
        self._weeks: OrderedDict[tuple[str, int], Week] = OrderedDict()

    def alike(self, interview: Interview, sketch: Sequence[int]) -> list[int]:
        """Return the keys of other interviews that may hold most of the same words, the likeliest first."""
        weeks = self._around(interview)
        shared = Counter(key for week in weeks for number in sketch for key in week.holding.get(number, ()))
        sketches = {key: known for week in weeks for key, known in week.sketches.items() if key in shared}
        likely = [key for key, _ in shared.most_common(CANDIDATES + 1) if key != interview.pk][:CANDIDATES]
        return [key for key in likely if estimated_share(sketch, sketches[key]) >= MAYBE_SHARE]

    def add(self, interview: Interview, sketch: Sequence[int]) -> None:
        """Take note of an interview that was just written."""
        week = interview.date and self._weeks.get((interview.language, week_of(interview.date)))
        if week:
            week.add(interview.pk, sketch)

    def _around(self, interview):
        middle = week_of(interview.date)
        keys = [(interview.language, number) for number in (middle - 1, middle, middle + 1)]
        if not all(key in self._weeks for key in keys):
            self._read(keys)
        for key in keys:
            self._weeks.move_to_end(key)
        return [self._weeks[key] for key in keys]

    def _read(self, keys):
        language, first = keys[0]
        days = [datetime.date.fromordinal(max(1, day)) for day in (first * WEEK, keys[-1][1] * WEEK + WEEK - 1)]
        for key in keys:
            self._weeks[key] = Week()
            self._weeks.move_to_end(key)
        readings = Reading.objects.filter(interview__date__range=days, interview__language=language).order_by()
        for key, date, sketch in readings.values_list("interview", "interview__date", "sketch"):
            self._weeks[language, week_of(date)].add(key, sketch)
        while len(self._weeks) > WEEKS:
            self._weeks.popitem(last=False)


def week_of(date: datetime.date) -> int:
    return date.toordinal() // WEEK
