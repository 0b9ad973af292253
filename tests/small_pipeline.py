"""A spaCy pipeline that the tests make themselves: rules alone, nothing trained."""

from __future__ import annotations

from pathlib import Path


def make_pipeline(folder: Path) -> str:
    """The folder of a pipeline that knows pronouns, one agency, and what "never" denies."""
    import spacy
    from spacy.language import Language
    from spacy.tokens import Doc

    @Language.component("who_denies", assigns=["token.dep", "token.head"])
    def who_denies(doc: Doc) -> Doc:
        if "never" in [token.lower_ for token in doc]:
            root = doc[len(doc) - 1]
            for token in doc:
                token.head = root
                token.dep_ = "neg" if token.lower_ == "never" else "dep"
            root.dep_ = "ROOT"
        return doc

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": {"IN": ["us", "we", "them"]}}]], {"POS": "PRON"})
    agencies = nlp.add_pipe("entity_ruler")
    agencies.add_patterns(
        [
            {"label": "ORG", "pattern": "Housing First"},
            {"label": "PERSON", "pattern": "Ruth Bell"},
        ]
    )
    nlp.add_pipe("who_denies")
    nlp.to_disk(folder)
    return str(folder)
