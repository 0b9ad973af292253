"""Shares work out among processes of this computer; one that dies costs only what it was at."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, cast

from qualcode.core.protocols import Chunk, Failure, Result
from qualcode.plugins.engines.local import attempt

AHEAD = 2
"""Chunks that a worker holds, so that it need not wait for us between two."""
WINDOW = 8
"""Chunks for each worker that may be done before the first of them is asked for."""

Numbered = tuple[int, Any]


@dataclass(frozen=True, slots=True)
class ProcessEngine:
    """Workers of our own and not a pool of the standard library, which breaks when one dies."""

    name: str = "process"
    version: str = "1"
    workers: int = 2

    def with_workers(self, workers: int) -> ProcessEngine:
        """The same, with so many workers."""
        return replace(self, workers=max(1, workers))

    def map(
        self, work: Callable[[Chunk], Result], chunks: Iterable[Chunk], /
    ) -> Iterator[Result | Failure]:
        """What the work makes of each chunk, in their order."""
        pool = _Pool(work, enumerate(chunks), self.workers)
        try:
            yield from pool.results(limit=WINDOW * self.workers)
        finally:
            pool.close()


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and the chunks that it has, oldest first."""

    process: BaseProcess
    pipe: Connection
    held: deque[Numbered] = field(default_factory=deque)


@dataclass(slots=True)
class _Pool:
    """The workers, and the chunks that go to the next one that is free."""

    work: Callable[[Any], Any]
    chunks: Iterator[Numbered]
    size: int
    again: deque[Numbered] = field(default_factory=deque)
    workers: list[_Worker] = field(default_factory=list)
    context: BaseContext = field(default_factory=lambda: _context())
    taken: int = 0

    def _start(self) -> _Worker:
        """One more worker."""
        ours, theirs = self.context.Pipe()
        others = [ours, *(worker.pipe for worker in self.workers)]
        if self.context.get_start_method() != "fork":
            others = []  # only a copy of this process has the ends that are ours
        start = cast("Any", self.context).Process
        process = start(target=_serve, args=(self.work, theirs, others), daemon=True)
        process.start()
        theirs.close()  # so that the end of the process is the end of the pipe
        self.workers.append(_Worker(process, ours))
        return self.workers[-1]

    def results(self, *, limit: int) -> Iterator[Any]:
        """Results in order; at most `limit` of them wait for an earlier one."""
        done: dict[int, Any] = {}
        turn = 0
        while True:
            self._hand_out(turn + limit)
            while turn in done:
                yield done.pop(turn)
                turn += 1
                self._hand_out(turn + limit)
            busy = [worker for worker in self.workers if worker.held]
            if not busy:
                return
            ready = wait([worker.pipe for worker in busy])
            for worker in busy:
                if worker.pipe in ready:
                    number, result = self._receive(worker)
                    done[number] = result

    def _hand_out(self, end: int) -> None:
        """Gives every worker as much as it may hold, of the chunks before number `end`."""
        while self._has_room() and (numbered := self._next(end)) is not None:
            worker = min(self.workers, key=lambda one: len(one.held), default=None)
            if worker is None or (worker.held and len(self.workers) < self.size):
                worker = self._start()
            worker.held.append(numbered)
            self._send(worker, numbered[1])

    def _has_room(self) -> bool:
        is_growing = len(self.workers) < self.size
        return is_growing or any(len(worker.held) < AHEAD for worker in self.workers)

    def _next(self, end: int) -> Numbered | None:
        """The chunk that is to be done next; None where none before `end` is left."""
        if self.again:
            return self.again.popleft()
        numbered = next(self.chunks, None) if self.taken < end else None
        self.taken += numbered is not None
        return numbered

    def _send(self, worker: _Worker, chunk: Any) -> None:
        with suppress(OSError):  # where it has died, its pipe says so when it is read
            worker.pipe.send(chunk)

    def _receive(self, worker: _Worker) -> Numbered:
        try:
            result = worker.pipe.recv()
        except (EOFError, OSError):
            return self._bury(worker)
        return worker.held.popleft()[0], result

    def _bury(self, worker: _Worker) -> Numbered:
        """A failure for the chunk that a dead worker was at; the others go to a new one."""
        worker.process.join()
        worker.pipe.close()
        self.workers.remove(worker)
        number, _ = worker.held.popleft()
        self.again.extend(worker.held)
        return number, Failure(_how_ended(worker.process.exitcode))

    def close(self) -> None:
        """Ends all workers, whatever they are at."""
        for worker in self.workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
        self.workers.clear()


def _serve(work: Callable[[Any], Any], pipe: Connection, others: list[Connection]) -> None:
    """What a worker does: chunks in, results out, until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends us
    for other in others:
        other.close()
    inbox: SimpleQueue[Any] = SimpleQueue()
    # the pipe is emptied at all times, or both ends could wait for each other to read
    Thread(target=_fill, args=(pipe, inbox), daemon=True).start()
    while (chunk := inbox.get()) is not _END:
        result = attempt(work, chunk)
        try:
            pipe.send(result)
        except OSError:
            return
        except Exception as error:  # a result that cannot be sent is no result
            pipe.send(Failure(f"{type(error).__name__}: {error}"))


_END = object()


def _fill(pipe: Connection, inbox: SimpleQueue[Any]) -> None:
    try:
        while True:
            inbox.put(pipe.recv())
    except (EOFError, OSError):
        inbox.put(_END)


def _context() -> BaseContext:
    """Copies of this process where that is safe, which needs no time; else new processes."""
    tasks = Path("/proc/self/task")
    is_alone = tasks.is_dir() and sum(1 for _ in tasks.iterdir()) == 1
    return multiprocessing.get_context("fork" if is_alone and hasattr(os, "fork") else "spawn")


def _how_ended(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        name = signal.Signals(-exitcode).name
        return f"its worker was ended by {name}; where memory is short, use fewer workers"
    return f"its worker ended with status {exitcode}"


engine = ProcessEngine()
