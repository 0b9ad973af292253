"""Holds the architecture's import rules (pyproject.toml, importlinter)."""

from __future__ import annotations

from importlinter.cli import lint_imports

if __name__ == "__main__":
    raise SystemExit(lint_imports())
