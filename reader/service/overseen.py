"""A command that is ended when it takes too long: `python -I -S overseen.py SECONDS COMMAND...`.

A process of its own, so that a time holds although nobody waits for the command, and so small
that it is there at once: it loads nothing of the reader. On standard output it says how a command
failed, and nothing of one that did not: `error` and the number of the system's error, `code` and
the exit code, or `late`.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress


def run(seconds: float, command: list[str]) -> str:
    """Run a command in a group of its own, which is ended after `seconds`; how it failed."""
    is_late = False

    def end(_signal: int, _frame: object) -> None:
        nonlocal is_late
        is_late = True
        # The whole group: a script has commands of its own. It may have ended this moment.
        with suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)

    # Python ignores these, and a command would after it.
    ordinary = [signal.SIGPIPE, signal.SIGXFSZ]
    nowhere = [(os.POSIX_SPAWN_OPEN, out, os.devnull, os.O_WRONLY, 0) for out in (1, 2)]
    try:
        process = os.posix_spawnp(
            command[0], command, os.environ, file_actions=nowhere, setpgroup=0, setsigdef=ordinary
        )
    except OSError as error:
        return f"error {error.errno}"
    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    # It has been waited for: its number may soon be another's.
    signal.setitimer(signal.ITIMER_REAL, 0)
    if is_late:
        return "late"
    return f"code {code}" if code else ""


if __name__ == "__main__":
    sys.stdout.write(run(float(sys.argv[1]), sys.argv[2:]))
