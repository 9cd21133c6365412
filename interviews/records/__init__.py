"""The archive as plain data: rows -> dictionaries, for every form that programs read.

All addresses are whole, below a `root` such as https://archive.example; every `id` is a URN that no correction changes.
Text that may not be passed on is None, and `withheld` says why (rights.py).
"""

from .entities import entity_record, entity_stub
from .interviews import interview_record, interview_stub
from .rights import know_rights, withheld_reason
from .sources import source_record, version_record
from .turns import of_one, turn_record, turn_stub

__all__ = [
    "entity_record",
    "entity_stub",
    "interview_record",
    "interview_stub",
    "know_rights",
    "of_one",
    "source_record",
    "turn_record",
    "turn_stub",
    "version_record",
    "withheld_reason",
]
