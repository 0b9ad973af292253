"""The command `qualcode`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Runs the command line; `--version` and completion in a shell load next to nothing."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        from qualcode import __version__

        sys.stdout.write(f"qualcode {__version__}\n")
        return
    if "_QUALCODE_COMPLETE" in os.environ:
        from qualcode.cli.completion import completion

        found = completion(dict(os.environ))
        if found is not None:
            sys.stdout.write(found)
            return
    # values of ours hold no circles, so that looking for some would seldom find any
    gc.set_threshold(100_000, 20, 50)
    from qualcode.cli.direct import is_direct, run_directly

    if is_direct(arguments):
        run_directly(arguments)
        return
    from qualcode.cli.app import run_app

    run_app()


if __name__ == "__main__":
    main()
