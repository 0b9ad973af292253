"""The command `qualcode`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Runs the command line; `--version` and completion in a shell load next to nothing."""
    if sys.argv[1:] == ["--version"]:
        from qualcode import __version__

        sys.stdout.write(f"qualcode {__version__}\n")
        return
    if "_QUALCODE_COMPLETE" in os.environ:
        from qualcode.cli.completion import completion

        found = completion(os.environ)
        if found is not None:
            sys.stdout.write(found)
            return
    from qualcode.cli.app import run_app

    run_app()


if __name__ == "__main__":
    main()
