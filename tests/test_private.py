from __future__ import annotations

import ast
import socket
from pathlib import Path

import pytest

from qualcode.project.batch import run
from qualcode.project.shipped import sample_folder

PACKAGE = Path(__file__).parents[1] / "qualcode"
NETWORK = {"socket", "http", "urllib", "requests", "httpx", "ftplib", "smtplib", "asyncio", "ssl"}


def test_a_run_opens_no_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *a: opened.append(a))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **_: opened.append(a))
    run(sample_folder(), codebook="collaboration", out=tmp_path / "out")

    assert opened == []


def test_no_module_imports_anything_of_the_network() -> None:
    found = [
        f"{path.name}: {name}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in _imported(node)
        if name.split(".")[0] in NETWORK
    ]

    assert found == []


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names]
