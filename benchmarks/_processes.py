"""What a command needs when it runs in a process of its own: time, memory, its status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_ASIDE = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
status = subprocess.run(sys.argv[1:], **quiet).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = used.ru_utime + used.ru_stime
print(json.dumps([time.perf_counter() - start, cpu, used.ru_maxrss, status]))
"""
"""Runs a command from a small process: a child's peak begins at the size of its parent."""

QUALCODE = [sys.executable, "-m", "qualcode"]


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds by the clock and of the processor, megabytes at the peak, and the status."""

    seconds: float
    cpu: float
    peak: float
    status: int


def used_by(
    command: Sequence[str], *, cwd: Path, environment: Mapping[str, str] | None = None
) -> Used:
    """What a command needs in a process of its own; not on Windows, which does not tell."""
    # The folder that holds the package, because the command runs elsewhere.
    package = str(Path(__file__).parents[1])
    told = subprocess.run(
        [sys.executable, "-c", _ASIDE, *command],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": package, **(environment or {})},
        check=True,
        stdout=subprocess.PIPE,
    )
    seconds, cpu, peak, status = json.loads(told.stdout)
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    return Used(float(seconds), float(cpu), float(peak) / unit, int(status))
