from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.maps.build import tables as build

if TYPE_CHECKING:
    import pandas as pd


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    return build()
