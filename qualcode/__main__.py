"""The command `qualcode`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line; `--version` alone loads nothing else."""
    if sys.argv[1:] == ["--version"]:
        from qualcode import __version__

        sys.stdout.write(f"qualcode {__version__}\n")
        return
    from qualcode.cli.app import run_app

    run_app()


if __name__ == "__main__":
    main()
