"""The command `qualcode`."""

from __future__ import annotations

import gc
import os
import sys

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""How many threads each library of linear algebra takes."""


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
    # our matrices are small, and threads that share a sum round it in another way
    for name in THREADS:
        os.environ.setdefault(name, "1")
    # values of ours hold no circles, so that looking for some would seldom find any
    gc.set_threshold(200_000, 20, 50)
    from qualcode.cli.direct import is_direct, run_directly

    if is_direct(arguments):
        run_directly(arguments)
        return
    from qualcode.cli.app import run_app

    run_app()


if __name__ == "__main__":
    main()
