"""The commands on pairs; each loads what it needs when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.study_app import Json, Plain
from qualcode.cli.style import Style
from qualcode.cli.tables_app import Coder, Draft, Force, Format, Out

pair_app = typer.Typer(
    help="Pair obstacles with the catalysts that answer them.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Pair = Annotated[str, typer.Argument(help="A pair, by its id or its number in the table.")]
Obstacle = Annotated[
    str | None, typer.Option(help="CODE, CODE+CODE, or either behind WORDING=; '' for none.")
]
Catalyst = Annotated[
    list[str] | None,
    typer.Option(help="CODE, CODE+CODE, or either behind WORDING= (repeat for several)."),
]
Lens = Annotated[
    list[str] | None,
    typer.Option(help="Where the obstacle was seen (repeat for several, in your order)."),
]
Others = Annotated[
    list[str] | None,
    typer.Option(help="In place of those that are there (repeat for several); '' for none."),
]
Condition = Annotated[str | None, typer.Option(help="When and for whom the row holds.")]
Because = Annotated[str, typer.Option("--because", "-b", help="Why; kept in the journal.")]


@pair_app.command("list")
def pair_list(plain: Plain = False, json: Json = False) -> None:
    """List the pairs with their ids and the codes behind them."""
    from qualcode.cli.pairs import list_command

    list_command(Style.of(plain, json))


@pair_app.command("show")
def pair_show(
    pair: Pair,
    format: Format = "",
    out: Out = None,
    force: Force = False,
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Show the quotations behind a row: for, against, and the observer's."""
    from qualcode.cli.tables import Options, pair_command

    pair_command(pair, Options(coder, draft, format, out, force, Style.of(plain, json)))


@pair_app.command("add")
def pair_add(
    obstacle: Obstacle = None,
    catalyst: Catalyst = None,
    lens: Lens = None,
    condition: Condition = None,
    id: Annotated[str, typer.Option(help="Its id; the next one if left out.")] = "",
    from_suggestion: Annotated[
        str, typer.Option("--from-suggestion", help="The key of a suggested pair.")
    ] = "",
    draft: Draft = False,
    because: Because = "",
) -> None:
    """Add a pair, or half a one; a suggestion joins the row of its obstacle."""
    from qualcode.cli.pairs import change_command
    from qualcode.core.pair_changes import Sides
    from qualcode.project import pair_suggesting, pairs

    lenses = tuple(lens) if lens else None
    if from_suggestion:
        more = Sides(lenses=lenses, condition=condition)
        change_command(
            lambda study: pair_suggesting.accept(
                study, from_suggestion, more, because=because, draft=draft
            ),
            word="Paired",
        )
        return
    sides = Sides(obstacle, tuple(catalyst or ()), lenses=lenses, condition=condition)
    change_command(
        lambda study: pairs.add(study, sides, pair_id=id, because=because), word="Paired"
    )


@pair_app.command("edit")
def pair_edit(
    pair: Pair,
    obstacle: Obstacle = None,
    catalyst: Others = None,
    add_catalyst: Annotated[
        list[str] | None,
        typer.Option("--add-catalyst", help="One more catalyst (repeat for several)."),
    ] = None,
    drop_catalyst: Annotated[
        list[str] | None,
        typer.Option("--drop-catalyst", help="A code that is one no longer (repeat for several)."),
    ] = None,
    lens: Others = None,
    condition: Condition = None,
    because: Because = "",
) -> None:
    """Say something else of a pair; its id stays."""
    from qualcode.cli.pairs import change_command
    from qualcode.core.pair_changes import Sides
    from qualcode.project import pairs

    sides = Sides(
        obstacle,
        None if catalyst is None else tuple(catalyst),
        tuple(add_catalyst or ()),
        tuple(drop_catalyst or ()),
        None if lens is None else tuple(lens),
        condition,
    )
    change_command(lambda study: pairs.edit(study, pair, sides, because=because), word="Now")


@pair_app.command("remove")
def pair_remove(pair: Pair, because: Because = "") -> None:
    """Take a pair away; its codes and codings stay."""
    from qualcode.cli.pairs import change_command
    from qualcode.project import pairs

    change_command(lambda study: pairs.remove(study, pair, because=because), word="Removed")


@pair_app.command("order")
def pair_order(
    pairs: Annotated[list[str], typer.Argument(help="Pairs, the first first; the rest follow.")],
    because: Because = "",
) -> None:
    """Put pairs into an order; the numbers in the table follow, ids stay."""
    from qualcode.cli.pairs import change_command
    from qualcode.project.pairs import order

    change_command(lambda study: order(study, tuple(pairs), because=because), word="Now")


@pair_app.command("suggest")
def pair_suggest(
    code: Annotated[str, typer.Argument(help="Only pairs with this code.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many, the best first.")] = 15,
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Suggest pairs from what stands together and from what is alike; you decide."""
    from qualcode.cli.pairs import suggest_command
    from qualcode.project.pair_suggesting import Asked

    suggest_command(Asked(code, limit, coder, draft), Style.of(plain, json))


@pair_app.command("reject")
def pair_reject(
    key: Annotated[str, typer.Argument(help="The key of a suggested pair.")],
    because: Because = "",
    draft: Draft = False,
) -> None:
    """Say that a suggested pair is none; it is not suggested again."""
    from qualcode.cli.pairs import reject_command

    reject_command(key, because=because, draft=draft)
