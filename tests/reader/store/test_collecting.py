from __future__ import annotations

import gc

import pytest

from reader.store.collecting import uncollected


@pytest.mark.parametrize("is_on", [True, False])
def test_garbage_is_looked_for_again_as_before(is_on: bool) -> None:
    (gc.enable if is_on else gc.disable)()
    try:
        with pytest.raises(ZeroDivisionError), uncollected():
            assert 1 / gc.isenabled()
        assert gc.isenabled() is is_on
    finally:
        gc.enable()
