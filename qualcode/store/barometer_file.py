"""Filled barometer forms: one file of a project, one form to a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from qualcode.analysis.barometer.sheet import ABOUT, Form
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.files import read_lines
from qualcode.store.paths import ProjectPaths


def forms_path(paths: ProjectPaths) -> Path:
    """Where the forms of a project are kept."""
    return paths.root / "barometer" / "forms.jsonl"


def load_forms(paths: ProjectPaths) -> tuple[Form, ...]:
    """Every form, in the order in which they were read in; none where there is no file.

    Raises:
        QualcodeError: BAD_FORM for the first line that cannot be read.
    """
    path = forms_path(paths)
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(read_lines(path), start=1):
        try:
            found.append(_form(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise QualcodeError(problem(P.BAD_FORM, path=str(path), line=number)) from None
    return tuple(found)


def forms_data(forms: Iterable[Form]) -> bytes:
    """The forms as the bytes of their file."""
    return "".join(_line(form) for form in forms).encode()


def _line(form: Form) -> str:
    about = {name: getattr(form, name) for name in ABOUT}
    value = {
        "id": form.id,
        **{name: words for name, words in about.items() if words},
        "answers": dict(form.answers),
        **({"comment": form.comment} if form.comment else {}),
        "worded": dict(form.worded),
        "source": form.source,
    }
    return json.dumps(value, ensure_ascii=False) + "\n"


def _form(value: dict[str, object]) -> Form:
    answers, worded = value["answers"], value.get("worded", {})
    if not isinstance(answers, dict) or not isinstance(worded, dict):
        raise TypeError(answers)
    return Form(
        id=str(value["id"]),
        answers=tuple((str(row), int(step)) for row, step in answers.items()),
        **{name: str(value.get(name, "")) for name in (*ABOUT, "comment", "source")},
        worded=tuple((str(row), str(words)) for row, words in worded.items()),
    )
