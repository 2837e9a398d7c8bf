"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes says more of the load of the machine than of the program; where time
# is the matter, a test measures it itself.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
