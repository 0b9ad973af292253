"""The commands that compare; each loads what it needs when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.study_app import Json, Plain
from qualcode.cli.style import Style, refuse_both
from qualcode.cli.tables_app import Because, Coder, Draft

Code = Annotated[str, typer.Argument(help="A code, by its id or name.")]


def compare(
    code: Code,
    other: Annotated[str, typer.Argument(help="A second code, to compare the two.")] = "",
    by: Annotated[str, typer.Option(help="Group by case, kind or valence.")] = "",
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Set the segments of a code side by side, or one code against another."""
    if other and by:
        refuse_both("a second code", "--by")
    from qualcode.cli.comparing import Asked, compare_command

    compare_command(code, other, by=by, asked=Asked(coder, draft, Style.of(plain, json)))


def extremes(
    code: Code,
    by: Annotated[
        str, typer.Option(help="One of each kind, case, or value of an attribute of the cases.")
    ] = "kind",
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Show the edges of a code: strongest, least typical, disconfirming, one per group."""
    from qualcode.cli.comparing import Asked, extremes_command

    extremes_command(code, by=by, asked=Asked(coder, draft, Style.of(plain, json)))


def proposals(
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """List what the evidence proposes for the codebook; nothing changes by itself."""
    from qualcode.cli.comparing import Asked, proposals_command

    proposals_command(Asked(coder, draft, Style.of(plain, json)))


def decide(
    key: Annotated[str, typer.Argument(help="The key of a proposal.")],
    verdict: Annotated[str, typer.Argument(help="accept or reject.")],
    because: Because = "",
    keep: Annotated[
        str, typer.Option(help="Which of two codes stays; else the one with more segments.")
    ] = "",
    into: Annotated[str, typer.Option(help="Names of the parts of a split: NAME,NAME.")] = "",
    draft: Draft = False,
) -> None:
    """Accept a proposal, which changes the codebook, or reject it for good."""
    from qualcode.cli.comparing import decide_command
    from qualcode.project.proposing import Choice

    parts = tuple(filter(None, (part.strip() for part in into.split(","))))
    decide_command(key, Choice(verdict, because, keep, parts), draft=draft)


def emerge(
    groups: Annotated[int, typer.Option(min=1, help="How many groups, strongest first.")] = 12,
    uncertain: Annotated[
        bool, typer.Option("--uncertain", help="List the segments in no group too.")
    ] = False,
    coder: Coder = "",
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Group the uncoded segments into candidate codes for you to read and name."""
    from qualcode.cli.comparing import Asked, emerge_command

    asked = Asked(coder, False, Style.of(plain, json))
    emerge_command(groups, uncertain=uncertain, asked=asked)


def unasked(
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Flag the codes that no interview question asked for."""
    from qualcode.cli.comparing import Asked, unasked_command

    unasked_command(Asked(coder, draft, Style.of(plain, json)))


def saturation(
    base: Annotated[int, typer.Option(min=1, help="Documents of the base.")] = 4,
    run: Annotated[int, typer.Option(min=1, help="Documents of a run.")] = 3,
    threshold: Annotated[
        float, typer.Option(min=0, max=100, help="New codes, in percent of those of the base.")
    ] = 5.0,
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Count the new codes per document, and say when saturation was reached."""
    from qualcode.cli.comparing import Asked, saturation_command

    asked = Asked(coder, draft, Style.of(plain, json))
    saturation_command(base, run, threshold, asked)


def sample(
    by: Annotated[
        list[str] | None,
        typer.Option(help="A trait to look at: kind, tier, role, ... (repeat for several)."),
    ] = None,
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Name the thin cells: which kinds, roles and tiers a category lacks; what to read next."""
    from qualcode.cli.comparing import Asked, sample_command

    sample_command(by or (), Asked(coder, draft, Style.of(plain, json)))


COMMANDS = (compare, extremes, proposals, decide, emerge, unasked, saturation, sample)
