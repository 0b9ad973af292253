"""Finding and checking codebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.core.hints import did_you_mean
from qualcode.core.model import Codebook
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.plugins.exporters.codebook_markdown import codebook_markdown
from qualcode.project.settings import load_settings
from qualcode.project.shipped import shipped_codebooks
from qualcode.project.table_files import refuse_no_folder
from qualcode.store.codebook_file import CheckedCodebook, read_codebook
from qualcode.store.files import write_new
from qualcode.store.paths import ProjectPaths

if TYPE_CHECKING:
    from qualcode.project.study import Study


def find_codebook(name: str) -> Path:
    """The path of a codebook: a file, or one that ships, by its name ("collaboration").

    Raises:
        QualcodeError: NO_CODEBOOK.
    """
    path = Path(name)
    if path.is_file():
        return path
    shipped = shipped_codebooks()
    if name in shipped:
        return shipped[name]
    hint = did_you_mean(name, shipped)
    raise QualcodeError(problem(P.NO_CODEBOOK, path=name, shipped=", ".join(shipped), hint=hint))


def check_codebook(name: str) -> CheckedCodebook:
    """The codebook with everything that is wrong with it.

    Raises:
        QualcodeError: NO_CODEBOOK, BAD_YAML or NEWER_FORMAT.
    """
    return read_codebook(find_codebook(name))


def usable_codebook(name: str) -> CheckedCodebook:
    """The codebook, where it has no error.

    Raises:
        QualcodeError: with every problem of the codebook, where one of them is an error.
    """
    checked = check_codebook(name)
    if not checked.is_usable:
        raise QualcodeError(*checked.problems)
    return checked


def codebook_for(folder: Path, name: str) -> CheckedCodebook:
    """The codebook for a folder, with the pairs of the project where it is the project's own.

    Raises:
        QualcodeError: as `usable_codebook`, and what is wrong with the project's settings.
    """
    if pairs_beside(folder, name) is None:
        return usable_codebook(name)
    from qualcode.project.study import Study

    paths = ProjectPaths(folder)
    checked = Study(paths, load_settings(paths)).codebook()
    if not checked.is_usable:
        raise QualcodeError(*checked.problems)
    return checked


def codebook_as_found(study: Study) -> tuple[Codebook | None, tuple[Problem, ...]]:
    """The codebook of a study as far as it can be read, and what is wrong with it.

    Where its pairs alone cannot be read, it comes without them; None where nothing can be.
    """
    problems: list[Problem] = []
    for read in (study.codebook, lambda: read_codebook(study.paths.codebook)):
        try:
            checked = read()
        except QualcodeError as error:
            problems.extend(one for one in error.problems if one not in problems)
        else:
            problems.extend(one for one in checked.problems if one.severity != "note")
            return checked.codebook, tuple(problems)
    return None, tuple(problems)


def pairs_beside(folder: Path, name: str) -> Path | None:
    """Where a project has or would have its pairs; None where the codebook is not its own."""
    paths = ProjectPaths(folder)
    is_own = paths.settings.is_file() and find_codebook(name).resolve() == paths.codebook.resolve()
    return paths.pairs if is_own else None


def show_codebook(name: str) -> str:
    """The codebook as a Markdown document to read; errors as in `usable_codebook`."""
    return codebook_markdown(usable_codebook(name).codebook, {}).decode()


def copy_codebook(name: str, path: Path) -> None:
    """Copies a codebook to a new file, comments and all.

    Raises:
        QualcodeError: NO_CODEBOOK, NO_FOLDER_THERE, FILE_EXISTS or OUT_UNWRITABLE.
    """
    refuse_no_folder(path)
    data = find_codebook(name).read_bytes()
    write_new(path, data)
