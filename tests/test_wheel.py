from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.factory import write

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    call(
        Path(sys.executable),
        *("-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", str(folder), str(ROOT)),
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The python of a clean environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    call(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel))
    return python


def call(python: Path, *arguments: str, cwd: Path | None = None) -> str:
    environment = {name: v for name, v in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [python, *arguments],
        cwd=cwd,
        env={**environment, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_codebooks_samples_templates_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {
        "qualcode/py.typed",
        "qualcode/shipped/codebooks/collaboration.yaml",
        "qualcode/shipped/sample_transcripts/cases.yaml",
        "qualcode/plugins/exporters/templates/report.html",
        "qualcode/plugins/encoders/static/vectors.npy",
        "qualcode/plugins/encoders/static/LICENSE-Apache-2.0.txt",
        "qualcode/plugins/encoders/static/NOTICE",
    } <= names
    assert not any(name.startswith("tests/") for name in names)


def test_the_demo_runs_from_an_installed_wheel_in_any_folder(
    installed: Path, tmp_path: Path
) -> None:
    out = call(installed, "-m", "qualcode", "demo", "--plain", cwd=tmp_path)

    assert "8 rows: 8 obstacles, 11 catalysts, 11 pairs" in out
    assert (tmp_path / "qualcode-demo" / "report.html").is_file()


def test_a_shipped_codebook_is_found_by_its_name(installed: Path, tmp_path: Path) -> None:
    write(tmp_path, "notes/int-01.md", "INT01 nurse\n\n1. Barriers\n- everyone works in silos\n")
    call(installed, "-m", "qualcode", "run", "notes", "-c", "collaboration", cwd=tmp_path)

    assert "professional-silos" in (tmp_path / "results" / "suggestions.csv").read_text("utf-8")
