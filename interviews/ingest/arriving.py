"""The files of a run, received a little before their turn: one query tells which are new, and these are read ahead."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import Q

from interviews.ingest.ahead import Readers
from interviews.ingest.readings import keep_bytes
from interviews.ingest.received import Received
from interviews.models import Source, SourceName

TOGETHER = 16
LARGE = 500_000

Receive = Callable[[], Received]
"""Returns a file as received. Raises CollectError, OSError or UnreadableError where it cannot be."""


@dataclass(slots=True)
class _Waiting:
    """A file that waits for its turn; `marks` are its digest and its path, none where it cannot be received."""

    receive: Receive
    received: Received | None
    marks: set[str]

    @property
    def leaves(self) -> set[str]:
        """What is known when it is stored: its marks, and its name without the folders."""
        return self.marks | {mark.rpartition("/")[2] for mark in self.marks}

    @classmethod
    def of(cls, receive: Receive) -> "_Waiting":
        try:
            received = receive()
        except Exception:  # whatever it is, it comes again at its turn, and is told
            return cls(receive, None, set())
        is_large = len(received.data) > LARGE
        return cls(receive, None if is_large else received, {received.sha256, received.name})

    def begin(self, readers: Readers, *, keep: bool) -> None:
        """Begin to read it, if it is new, and to keep its bytes if it can be read."""
        received = self.received
        if received is None or not received.is_new:
            return

        def read():
            prepared = readers.read(received.data, **received.how_to_read())
            if keep and not prepared.transcript.refusal:
                keep_bytes(received)
            return prepared

        self.received = replace(received, read_ahead=readers.begin(read))

    def arrive(self) -> Received:
        return self.received or self.receive()


def arriving(receives: Iterable[Receive], readers: Readers | None, *, keep: bool) -> Iterator[Receive]:
    """Yield for each file what returns it as received, in order; what was yielded before must be stored by then.

    At most 24 files wait. What is larger than half a megabyte, or cannot be received, is left to its turn. `keep`:
    the bytes of what is read ahead are kept then and there.
    """
    receives, waiting = iter(receives), deque()
    while True:
        if len(waiting) < TOGETHER // 2:
            more = [_Waiting.of(receive) for receive in islice(receives, TOGETHER)]
            _tell_new(more, set().union(*(file.leaves for file in waiting)))
            for file in more if readers else ():
                file.begin(readers, keep=keep)
            waiting.extend(more)
        if not waiting:
            return
        yield waiting.popleft().arrive


def _tell_new(files, left_before):
    """Find out which files are new; what leaves `left_before` waits to be stored."""
    known = left_before | _stored(set().union(*(file.marks for file in files)))
    for file in files:
        if file.received and known.isdisjoint(file.marks):
            file.received = replace(file.received, is_new=True)
        known |= file.leaves


def _stored(marks):
    """Return the digests, paths and names of files in the archive, among which all are that are these marks."""
    digests = Source.objects.filter(sha256__in=marks).order_by().values_list("sha256", flat=True)
    names = SourceName.objects.filter(Q(name__in=marks) | Q(last_part__in=marks)).order_by()
    return {*digests, *(mark for pair in names.values_list("name", "last_part") for mark in pair)}
