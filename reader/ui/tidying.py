"""When garbage is looked for. Looking through everything takes as long as ten keys, with a long
article open as fifty: it is done while no key is pressed."""

from __future__ import annotations

import gc

RESTING = 1.0
"""Seconds without a key after which there is time for it."""

_OFTEN = 10
"""Rounds through what is new after which a round through everything is worth it."""

_AT_LAST = 300
"""Rounds after which it is done though keys are pressed."""


def keep_for_good() -> None:
    """Look no more for garbage among what there is: modules, styles and widgets stay until the
    end. Look through all that comes later only in `tidy`."""
    gc.freeze()
    first, second, _ = gc.get_threshold()
    gc.set_threshold(first, second, _AT_LAST)


def tidy(seconds: float) -> bool:
    """Look through everything, so many seconds after the last key, where it is time; tell whether
    it was."""
    if seconds < RESTING or gc.get_count()[2] < _OFTEN:
        return False
    gc.collect()
    return True
