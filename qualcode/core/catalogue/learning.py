"""Suggestions, learning, encoders: Q540 to Q579 and Q710 to Q729."""

from __future__ import annotations

from qualcode.core.catalogue.kind import ProblemKind


class LearningProblems:
    """Suggestions, learning, encoders: Q540 to Q579 and Q710 to Q729."""

    PATTERN_NEEDS_PIPELINE = ProblemKind(
        "Q550",
        "note",
        "{n} token patterns of the codebook ask for {keys}, which only a trained pipeline "
        "knows, and find nothing",
        "Install a spaCy pipeline and name it as pipeline: in qualcode.yaml (docs/cues.md).",
    )
    NO_PIPELINE = ProblemKind(
        "Q551",
        "error",
        'no spaCy pipeline called "{name}" is installed here, and no folder is called that',
        "Install it, correct pipeline: in qualcode.yaml, or leave that line out.",
    )
    BAD_PIPELINE = ProblemKind(
        "Q552",
        "error",
        'the pipeline "{name}" cannot be used ({reason})',
        "Install one made for this version of spaCy, or leave pipeline: out of qualcode.yaml.",
    )
    PIPELINE_LACKS = ProblemKind(
        "Q553",
        "note",
        '{n} token patterns of the codebook ask for {keys}, which the pipeline "{name}" does '
        "not give, and find nothing",
        "Use a pipeline that does, or write the patterns without them.",
    )
    OTHER_LANGUAGE = ProblemKind(
        "Q554",
        "note",
        "this document seems to be in {found} and the codebook is in {own}, so cues match only "
        "as they are written, and no denial or valence is read",
        "Write cues in that language, or give the document language: {own} in its front matter.",
    )
    NO_NAMES = ProblemKind(
        "Q555",
        "error",
        "names are found by a trained spaCy pipeline, and {found}",
        "Install one that finds names and set pipeline: in qualcode.yaml (docs/cues.md).",
    )
    UNKNOWN_INFLECTIONS = ProblemKind(
        "Q556",
        "note",
        'the codebook is in "{language}", whose inflections are not known here, so cues match '
        "only as they are written",
        "Write each form of a word, or * for its endings (docs/cues.md).",
    )
    ENGLISH_ONLY = ProblemKind(
        "Q557",
        "note",
        "the codebook is in {language}, and denials and valence are read in English only: a "
        "denied cue counts as evidence, and codes marked either stay neutral",
        "Look out for denials when you review, and give the valence there.",
    )
    NO_COLUMN = ProblemKind(
        "Q560",
        "error",
        'the table has no column "{heading}"; it has {known}',
        "{todo}",
    )
    UNKNOWN_CODES = ProblemKind(
        "Q561",
        "error",
        "{n} codes of the table are not in the codebook: {codes}",
        "Nothing was taken in. Add --add-codes to make them, or correct the table or the codebook.",
    )
    NO_UNITS = ProblemKind(
        "Q562",
        "error",
        'no row of the table holds words in the column "{heading}"',
        "Name the column with the words of the units with --text.",
    )
    MADE_OF_UNITS = ProblemKind(
        "Q564",
        "error",
        '"{document}" was made from a table of units, and cannot be read again',
        "Change its codings instead, or undo the import and take in a corrected table.",
    )
    TOO_LITTLE_TO_JUDGE = ProblemKind(
        "Q565",
        "error",
        "suggestions cannot be judged yet: {n} passages of {documents} documents are decided on",
        "Code or review at least {needed} passages, in two documents or more.",
    )
    SEVERAL_CODES = ProblemKind(
        "Q571",
        "error",
        'the name "{word}" stands for several codes: {codes}',
        "Give the id of the one that is meant.",
    )
    TWO_VALENCES = ProblemKind(
        "Q572",
        "error",
        "{code} is {earlier} in an earlier row with the same words, and {now} here",
        "Keep one of the two.",
    )
    UNIT_NOT_CODED = ProblemKind(
        "Q573",
        "warning",
        "the words of this row are in {document}, but its codes were left out: {reason}",
        "Correct the row and import the table again; what is there already stays as it is.",
    )
    SAME_UNITS = ProblemKind(
        "Q574",
        "note",
        "units that stand in several rows are counted once: {n} here (rows {rows})",
        "Where they are different units, tell them apart by a question or a speaker.",
    )
    UNKNOWN_ORDER = ProblemKind(
        "Q569",
        "error",
        'suggestions cannot be listed by "{found}": only by code',
        "Write --by code for the best of each code in turn, or leave --by out for the strongest "
        "first.",
    )
    NO_ENCODER = ProblemKind(
        "Q710",
        "error",
        'no encoder is called "{name}", and no folder of that name holds {file}',
        "Use {known} or none, or give the folder of a model (docs/meaning.md).",
    )
    NO_ONNX = ProblemKind(
        "Q711",
        "error",
        'the encoder "{name}" needs packages that are not installed here',
        'Install them with `pip install "qualcode[onnx]"`, or set encoder: static.',
    )
    BAD_ENCODER = ProblemKind(
        "Q712",
        "error",
        'the encoder "{name}" cannot be used ({reason})',
        "Set encoder: static, or see docs/meaning.md for what an encoder has to be.",
    )
    CACHE_REBUILT = ProblemKind(
        "Q720",
        "note",
        "what earlier runs had kept here was damaged and is made again, which takes longer once",
        "Nothing is lost; the file may be deleted at any time.",
    )
    DOCUMENT_FAILED = ProblemKind(
        "Q721",
        "error",
        "this document could not be worked on ({reason})",
        "It is left out; run again, and where it fails again take it out and report it.",
    )
