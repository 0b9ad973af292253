"""Memos: what the researcher writes about anything in the study."""

from __future__ import annotations

from dataclasses import dataclass

MEMO_KINDS = ("memo", "question", "reflexive", "surprise")
ABOUT_KINDS = ("code", "document", "coding", "pair", "case")
STUDY = "study"


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on a code, a document, a coding, a pair, a case or the whole study.

    `about` is "study" or a kind and an id, such as "code:silos". `at` and `closed` are ISO
    8601; `closed` and `because` are filled once a question has found its answer.
    """

    id: str
    body: str
    about: str = STUDY
    coder: str = ""
    at: str = ""
    kind: str = "memo"
    closed: str = ""
    because: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is a question that nobody has closed yet."""
        return self.kind == "question" and not self.closed

    @property
    def title(self) -> str:
        """Its first line that says something, without the marks of a heading.

        >>> Memo("m", "# Why so few police?\\nThey came once.").title
        'Why so few police?'
        """
        lines = (line.strip().lstrip("#").strip() for line in self.body.splitlines())
        return next((line for line in lines if line), "")
