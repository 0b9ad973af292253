"""Checks the documentation: made parts up to date, links that lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from scripts.completions import completion_files
from scripts.schema import schema_files

HERE = Path(__file__).parents[1]
MADE = ("docs/codebook.md", "docs/commands.md", "docs/problems.md", "README.md")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)[^)]*\)")


def main() -> int:
    """0 where everything holds; else says what does not, and 1."""
    update = "--update" in sys.argv
    wrong = []
    for path, text in {**schema_files(), **completion_files()}.items():
        if update:
            path.write_text(text, encoding="utf-8", newline="\n")
        if not path.exists() or path.read_text("utf-8") != text:
            wrong.append(path.name)
    cog = [sys.executable, "-m", "cogapp", "-r" if update else "--check", "-I", str(HERE), *MADE]
    if subprocess.run(cog, cwd=HERE, check=False, stdout=subprocess.DEVNULL).returncode:
        wrong.append("parts made from code are out of date: python -m scripts.check_docs --update")
    for page in [HERE / "README.md", *sorted((HERE / "docs").glob("*.md"))]:
        for target in _LINK.findall(page.read_text("utf-8")):
            if not (page.parent / target).exists():
                wrong.append(f"{page.relative_to(HERE)} links to {target}, which is not there")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
