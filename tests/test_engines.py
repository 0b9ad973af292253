from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from qualcode.core.protocols import Failure
from qualcode.plugins.registry import load_engine

ENGINES = ("local", "process")


def add_up(chunk: tuple[int, ...]) -> int:
    if 13 in chunk:
        raise ValueError("thirteen")
    return sum(chunk)


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 10


def first_is_slow(number: int) -> int:
    if number == 0:
        time.sleep(0.2)
    return number


def not_to_be_sent(_: int) -> object:
    return lambda: None


@pytest.mark.parametrize("name", ENGINES)
def test_results_come_in_the_order_of_the_chunks(name: str) -> None:
    engine = load_engine(name, workers=2)

    assert list(engine.map(first_is_slow, range(40))) == list(range(40))


@pytest.mark.parametrize("name", ENGINES)
def test_a_chunk_that_raises_costs_that_chunk(name: str) -> None:
    found = list(load_engine(name, workers=2).map(add_up, [(1, 2), (12, 13), (4,)]))

    assert found == [3, Failure("ValueError: thirteen"), 4]


@pytest.mark.skipif(os.name == "nt", reason="processes end otherwise there")
def test_a_worker_that_is_killed_costs_the_chunk_it_was_at() -> None:
    found = list(load_engine("process", workers=2).map(die_at_three, range(8)))

    assert [one for n, one in enumerate(found) if n != 3] == [0, 10, 20, 40, 50, 60, 70]
    assert isinstance(found[3], Failure)
    assert found[3].reason.startswith("its worker was ended by SIGKILL")


def test_chunks_are_taken_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def numbers() -> object:
        for number in range(1000):
            taken.append(number)
            yield number

    results = load_engine("process", workers=2).map(first_is_slow, numbers())  # type: ignore[arg-type]
    first = next(results)
    results.close()  # type: ignore[attr-defined]

    assert first == 0
    assert len(taken) < 50


def test_large_chunks_and_large_results_do_not_wait_for_each_other() -> None:
    chunks = ["x" * 300_000 for _ in range(12)]
    found = list(load_engine("process", workers=2).map(str.upper, chunks))

    assert [len(one) for one in found if isinstance(one, str)] == [300_000] * 12


def test_a_result_that_cannot_be_sent_is_a_failure() -> None:
    (found,) = load_engine("process", workers=1).map(not_to_be_sent, [1])

    assert isinstance(found, Failure)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at the processes of Linux")
def test_no_worker_stays_behind() -> None:
    import multiprocessing

    list(load_engine("process", workers=2).map(first_is_slow, range(4)))

    assert multiprocessing.active_children() == []
