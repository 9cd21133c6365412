"""Texts read ahead, in processes of their own, while the one that stores them goes on.

    with Readers(2) as readers:
        waiting = readers.begin(lambda: readers.read(data))
        ...
        prepared = waiting()

Who waits for a text reads meanwhile what nobody has begun to read, so that no processor is idle.
A process ends when its input does: with the block, or when the program that started it is gone, however that ended.
"""

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

from interviews.ingest.prepared import Prepared
from interviews.ingest.read import read_transcript
from interviews.ingest.transcript import Problem, UnreadableError
from interviews.tagging.registry import Known

ROOT = Path(__file__).resolve().parents[2]
MOST = 3


def readers_that_pay() -> int:
    """Return how many readers pay here: one for each processor that the store leaves free, but three at the most."""
    return min(len(os.sched_getaffinity(0)) - 1, MOST)


class Readers:
    """So many processes that read, and as many threads that wait for them; started when there is something to read.

    `vouched`: what their tagger knows beside the data files.
    """

    def __init__(self, count: int, vouched: tuple[Known, ...] = ()):
        self._threads = ThreadPoolExecutor(count)
        self._of_thread = threading.local()
        self._of_thread.process = None  # who waits reads here
        self._not_begun: deque[tuple[Callable[[], Prepared], Future]] = deque()
        self.processes: list[subprocess.Popen] = []
        self._vouched = vouched

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._threads.shutdown(cancel_futures=True)
        for process in self.processes:
            with suppress(BrokenPipeError):  # it was killed before it took what is still to be sent
                process.stdin.close()
            process.wait()
            process.stdout.close()

    def begin(self, work: Callable[[], Prepared]) -> Callable[[], Prepared]:
        """Let a thread do some work, which may `read` -> what waits for its result, and raises what it raised."""
        result = Future()
        self._not_begun.append((work, result))
        self._threads.submit(self._do_next)
        return partial(self._wait_for, result)

    def _wait_for(self, result):
        while not result.done() and self._do_next():
            pass
        return result.result()

    def _do_next(self):
        """Do the first work that nobody has begun; tell whether there was any."""
        try:
            work, result = self._not_begun.popleft()
        except IndexError:
            return False
        try:
            result.set_result(work())
        except Exception as error:  # raised where the result is asked for
            result.set_exception(error)
        return True

    def read(self, data: bytes, **options) -> Prepared:
        """Read as `read_transcript` does, and prepare it: a thread in its own process, who made the readers here."""
        if not hasattr(self._of_thread, "process"):
            self._of_thread.process = self._start()
        process = self._of_thread.process
        if process is None:
            return Prepared.of(read_transcript(data, **options), self._vouched)
        try:
            pickle.dump((data, options), process.stdin)
            process.stdin.flush()
            answer = pickle.load(process.stdout)  # noqa: S301 - from our own process
        except (EOFError, OSError, pickle.UnpicklingError):  # it is gone: the text, or the machine, was too much for it
            return Prepared.of(read_transcript(data, **options), self._vouched)
        if isinstance(answer, Problem):
            raise UnreadableError(answer)
        # What was raised there is raised here.
        return answer or Prepared.of(read_transcript(data, **options), self._vouched)

    def _start(self):
        command = [sys.executable, "-m", __spec__.name]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        # A session of its own: the break of a keyboard is for the program that stores.
        process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, **pipes)  # noqa: S603 - ourselves
        self.processes.append(process)
        with suppress(BrokenPipeError):  # it is gone already: then the first text finds that out
            pickle.dump(self._vouched, process.stdin)
        return process


def serve() -> None:
    """Read what comes in until no more does: what was read goes out, or the problem of a text that cannot be read.

    First comes what the tagger knows beside the data files.
    """
    vouched = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program that started this one
    while True:
        try:
            data, options = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program that started this one
        except EOFError:
            return
        try:
            answer = Prepared.of(read_transcript(data, **options), vouched)
        except UnreadableError as error:
            answer = error.problem
        except Exception:
            answer = None
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    serve()
