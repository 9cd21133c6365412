"""Defects of this software that a file brings to light: told in a line, and written down whole for who mends them."""

import logging
import traceback

from django.conf import settings

from interviews.ingest.transcript import PARSER_VERSION, Problem, Severity

LOG = "defects.log"
OURS = "/interviews/"
TOLD = (
    "A defect of this software stopped it, not the file: {kind} in {where}. Nothing of the file was stored. "
    f"Please report the defect with what {LOG} in the archive's folder says of it."
)
logger = logging.getLogger(__name__)


class DefectsFile(logging.Handler):
    """Adds each record to the file of defects in the archive's folder."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            with (settings.ARCHIVE_DATA / LOG).open("a", encoding="utf-8") as file:
                file.write(f"{self.format(record)}\n\n")
        except OSError:
            self.handleError(record)


def note_defect(error: Exception, name: str) -> Problem:
    """Write down an error that nobody foresaw, and return it as the problem of the file that brought it to light."""
    logger.error("%s, parser %s", name, PARSER_VERSION, exc_info=error)
    frames = traceback.extract_tb(error.__traceback__)
    last = next((frame for frame in reversed(frames) if OURS in frame.filename), frames[-1])
    where = f"{last.filename.rpartition(OURS)[2]}, line {last.lineno}"
    return Problem("defect", None, TOLD.format(kind=type(error).__name__, where=where), Severity.REFUSE)
