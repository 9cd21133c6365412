"""The work of reading, tagging and aligning grows no faster than the text; what the clock says: make linear."""

from contextlib import suppress

import pytest

from interviews.ingest.align import align
from interviews.ingest.read import read_transcript
from interviews.ingest.transcript import UnreadableError
from interviews.tagging.tagger import default_tagger

from growing import NEIGHBOURS, OF_KIND, grown, grows_faster

SIZE = 2_500
UNITS = OF_KIND["varying"]


def read(text):
    with suppress(UnreadableError):
        read_transcript(text.encode())


def test_work_of_reading_grows_with_the_text():
    assert not [unit for unit in UNITS if grows_faster(read, lambda size, unit=unit: grown(unit, size), SIZE)]


def test_work_of_tagging_grows_with_the_text():
    tag = default_tagger().tag
    units = [*UNITS, *OF_KIND["named"]]
    assert not [unit for unit in units if grows_faster(tag, lambda size, unit=unit: [grown(unit, size)], SIZE)]


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_work_of_aligning_grows_with_the_turns(name):
    assert not grows_faster(lambda pair: align(*pair), NEIGHBOURS[name], 60)
