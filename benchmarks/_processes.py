"""What a command needs when it runs in a process of its own: time, memory, its status."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
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

_ROOT = Path(__file__).parents[1]
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
    told = subprocess.run(
        [sys.executable, "-c", _ASIDE, *command],
        cwd=cwd,
        env={**os.environ, **_as_installed(), **(environment or {})},
        check=True,
        stdout=subprocess.PIPE,
    )
    seconds, cpu, peak, status = json.loads(told.stdout)
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    return Used(float(seconds), float(cpu), float(peak) / unit, int(status))


@cache
def _as_installed() -> dict[str, str]:
    """What a process must be told to have the package compiled, as one that is installed is.

    The package is also found from folders elsewhere.
    """
    folder = tempfile.mkdtemp(prefix="qualcode-compiled-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    told = {
        "PYTHONPATH": str(_ROOT),
        "PYTHONPYCACHEPREFIX": folder,
        "PYTHONDONTWRITEBYTECODE": "",
    }
    compile_all = [sys.executable, "-m", "compileall", "-q", str(_ROOT / "qualcode")]
    subprocess.run(compile_all, env={**os.environ, **told}, check=True)
    return told
