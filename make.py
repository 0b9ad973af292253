"""Sets up qualcode and runs its demo, tests, checks and benchmarks; needs Python alone.

python3 make.py demo     run the main job on the sample study
python3 make.py test     run the whole test suite
python3 make.py check    format, lint, types, architecture, documentation, tests
python3 make.py bench    measure speed and quality; `bench tables speed` only these
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = Path(os.environ.get("QUALCODE_VENV", HERE / ".venv"))
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

CHECKS = (
    ["ruff", "format", "--check", "."],
    ["ruff", "check", "."],
    ["mypy"],
    ["scripts.lint_imports"],
    ["scripts.check_docs"],
)


def install(extra: str) -> None:
    """Makes the virtual environment where there is none, and installs into it once."""
    if not PYTHON.exists():
        print(f"Creating a virtual environment in {VENV}", flush=True)
        venv.create(VENV, with_pip=True)
    project = (HERE / "pyproject.toml").read_bytes()
    stamp = VENV / f"installed-{extra or 'base'}.txt"
    if stamp.exists() and stamp.read_bytes() == project:
        return
    print("Installing qualcode and what it needs; this takes a minute the first time", flush=True)
    target = f"{HERE}[{extra}]" if extra else str(HERE)
    run("pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target)
    stamp.write_bytes(project)


def run(module: str, *arguments: str) -> None:
    """Runs a module in the virtual environment; ends with its status where it fails."""
    status = call(module, *arguments)
    if status:
        raise SystemExit(status)


def call(module: str, *arguments: str) -> int:
    return subprocess.run([PYTHON, "-m", module, *arguments], cwd=HERE, check=False).returncode


def demo() -> None:
    install("")
    status = call(
        "qualcode",
        *("run", "sample_transcripts", "--codebook", "codebooks/collaboration.yaml"),
        *("--out", "results"),
    )
    print(f"\nOpen the page in a browser: {(HERE / 'results' / 'report.html').as_uri()}")
    raise SystemExit(status)


def test() -> None:
    install("test")
    run("pytest", *sys.argv[2:])


def check() -> None:
    install("test")
    for module, *arguments in CHECKS:
        print(f"- {module} {' '.join(arguments)}", flush=True)
        run(module, *arguments)
    run("pytest", *sys.argv[2:])


def bench() -> None:
    install("test")
    found = sorted(path.stem for path in (HERE / "benchmarks").glob("*.py"))
    names = [name for name in found if "_" not in name]  # the others are parts of these
    chosen = sys.argv[2:] or names
    if not set(chosen) <= set(names):
        print("There are these benchmarks:", ", ".join(names))
        raise SystemExit(2)
    for name in chosen:
        print(f"- {name}", flush=True)
        run(f"benchmarks.{name}")


def main() -> None:
    tasks = {"demo": demo, "test": test, "check": check, "bench": bench}
    if len(sys.argv) < 2 or sys.argv[1] not in tasks:
        print(__doc__)
        raise SystemExit(2)
    if sys.version_info < (3, 11):  # noqa: UP036  an older Python may well run this file
        print("qualcode needs Python 3.11 or newer; this is", sys.version.split()[0])
        raise SystemExit(2)
    tasks[sys.argv[1]]()


if __name__ == "__main__":
    main()
