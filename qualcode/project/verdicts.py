"""Verdicts of a sheet or a table on their way in."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.analysis.review_queue import Review, Verdict, words_key
from qualcode.core.model import Document, Span
from qualcode.project.coding import Desk
from qualcode.store.review_files import load_reviews, review_path, reviews_data


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts of the coder at a desk, gathered until they are written with its change."""

    desk: Desk
    _by_document: dict[str, list[Review]] = field(default_factory=dict)

    def add(
        self, document: Document, span: Span, *, key: str, offered: str = "", given: str = ""
    ) -> None:
        """Adds a verdict; `key` is that of what was offered, or of the words left uncoded.

        `offered` is the code that was offered, "" where words were left uncoded; `given` is the
        code that was given: the same (accepted), another, or "" (rejected).
        """
        verdict: Verdict = "rejected" if offered else "uncoded"
        if offered and given == offered:
            verdict = "accepted"
        review = Review(
            document.id,
            self.desk.coder,
            key,
            span,
            offered,
            verdict,
            words_key(document.text[span.start : span.end]),
            self.desk.at,
            given if given != offered else "",
        )
        self._by_document.setdefault(document.id, []).append(review)

    def write(self) -> None:
        """Puts the verdicts into the change; one that says otherwise takes the old one's place."""
        desk = self.desk
        for doc_id, verdicts in self._by_document.items():
            path = review_path(desk.study.paths, doc_id, desk.coder)
            desk.change.read(path)
            held = [r for r in load_reviews(desk.study.paths, doc_id) if r.coder == desk.coder]
            kept = {(r.key, r.span): r for r in held}
            for one in verdicts:
                known = kept.get((one.key, one.span))
                if known is None or _said(known) != _said(one):
                    kept[one.key, one.span] = one
            desk.change.write(path, reviews_data(kept.values()))


def _said(review: Review) -> tuple[Verdict, str]:
    return review.verdict, review.instead
