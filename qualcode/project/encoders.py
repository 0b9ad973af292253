"""The encoder in use in a study: which one compares meaning, and what to say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.analysis.meaning import Encoder
from qualcode.core.problems import QualcodeError
from qualcode.plugins.registry import load_encoder, plugin_names
from qualcode.project.study import Study
from qualcode.store.vector_cache import remembering

NO_ENCODER = "none"
FAST = "static"


@dataclass(frozen=True, slots=True)
class InUse:
    """The encoder in use, None where passages are compared by their words alone.

    `note` is one sentence that names it, for everything that is computed with it.
    """

    encoder: Encoder | None
    note: str


def encoder_in_use(study: Study) -> InUse:
    """What compares meaning in a study, as `encoder:` in qualcode.yaml says.

    An encoder that says which languages it knows is not used for another.

    Raises:
        QualcodeError: NO_ENCODER, NO_ONNX, BAD_ENCODER.
    """
    name, language = study.settings.encoder, study.settings.language
    if name == NO_ENCODER:
        return InUse(None, "Likeness is of words only (encoder: none).")
    encoder = _loaded(study, name)
    label = f'"{encoder.name}" (version {encoder.version})'
    if encoder.languages and language not in encoder.languages:
        knows = ", ".join(encoder.languages)
        return InUse(
            None,
            f"Likeness is of words only: the encoder {label} knows {knows}, and the documents "
            f"are in {language}.",
        )
    return InUse(encoder, f"Likeness of meaning by the encoder {label}, and of words.")


def _loaded(study: Study, name: str) -> Encoder:
    """The encoder, remembering what it read where it is slow.

    What is wrong with it is told of the settings that name it.
    """
    known = name in plugin_names("encoders")
    try:
        encoder = load_encoder(name if known else str(study.paths.root / name))
    except QualcodeError as error:
        where = str(study.paths.settings)
        raise QualcodeError(*(replace(one, path=where) for one in error.problems)) from error
    return encoder if name == FAST else remembering(encoder, study.paths)
