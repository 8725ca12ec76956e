"""What speaks for and against two events being one incident: a column a feature, a row a pair.

Agreement speaks for, each further step of disagreement against. `AGAINST` and `EITHER` name the
features that may do other than speak for; training keeps every weight on its side, so that a reason
always reads as it is meant.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from geo.incidents.columns import Columns, Floats, Ints
from geo.incidents.overlap import shared, sizes
from geo.incidents.reading import UNKNOWN_DAY

Bools = npt.NDArray[np.bool_]

EARTH_DIAMETER_KM = 12742.0
POINT_KM = 15.0
"""Radius up to which a place counts as a point, not an area."""
AREA_MARGIN = 1.2
ROW_KM = 5.0
"""Distance up to which a dataset's row may be of the same place."""
DAYS_APART = {
    "more than a day apart": 1,
    "more than 3 days apart": 3,
    "more than a week apart": 7,
    "more than a month apart": 31,
}
KM_APART = {
    "more than 3 km apart": 3.0,
    "more than 15 km apart": 15.0,
    "more than 50 km apart": 50.0,
    "more than 150 km apart": 150.0,
}
ALIKE = (0.03, 0.08, 0.16, 0.32)
NEAR_WORDS = (8.0, 24.0, 60.0)

EITHER = frozenset({"prior", "one is background", "both are background"})
AGAINST = frozenset(
    {
        *DAYS_APART,
        *KM_APART,
        "same publisher",
        "told before it happened",
        "published more than a week apart",
        "types differ",
        "other initiator",
        "other target",
        "tolls differ",
        "tolls far apart",
        "reports unlike",
        "other hours of the day",
        "other thing hit",
    },
)


def features(table: Columns, left: Ints, right: Ints) -> dict[str, Floats]:
    """Return each feature's value for every pair, by the feature's name.

    Parameters
    ----------
    table
        The events.
    left, right
        Rows of each pair.
    """
    main = table.main[left].astype(np.int64) + table.main[right]
    found: dict[str, npt.NDArray[np.generic]] = {
        "prior": np.ones(len(left)),
        "one is background": main == 1,
        "both are background": main == 0,
        "same publisher": (table.source[left] == table.source[right]) & (table.source[left] != 0),
        **_time(table, left, right),
        **_published(table, left, right, main),
        **_space(table, left, right),
        **_type(table, left, right),
        **_actors(table, left, right),
        **_figures(table, left, right),
        **_details(table, left, right),
        **_words(table, left, right, main),
        **_rows(table, left, right),
    }
    plain = {k: np.asarray(v, np.float64) for k, v in found.items()}
    return plain | _despite(plain)


def _despite(found: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return disagreements that weigh less where the reports are much alike: a date or a place misread."""
    alike = sum((found[f"reports alike {i}"] for i in range(2, len(ALIKE) + 2)), np.zeros(1)) / len(ALIKE)
    return {
        "alike despite other days": alike * found["more than a day apart"],
        "alike despite other places": alike * found["more than 15 km apart"],
        "alike despite other types": alike * found["types differ"],
        "alike though told before": alike * found["told before it happened"],
    }


def gap_days(table: Columns, left: Ints, right: Ints) -> Ints:
    """Return the days between two intervals: 0 where they touch or overlap."""
    gap: Ints = np.maximum(table.first[left] - table.last[right], table.first[right] - table.last[left])
    return np.maximum(0, gap)


def _time(table: Columns, left: Ints, right: Ints) -> dict[str, Bools]:
    known = (table.first[left] != UNKNOWN_DAY) & (table.first[right] != UNKNOWN_DAY)
    gap = gap_days(table, left, right)
    exact = (table.first[left] == table.last[left]) & (table.first[right] == table.last[right])
    return {
        "same day": known & exact & (gap == 0),
        "times overlap": known & ~exact & (gap == 0),
        "a day apart": known & (gap == 1),
        **{name: known & (gap > days) for name, days in DAYS_APART.items()},
        "told before it happened": _before(table, left, right) | _before(table, right, left),
    }


def _before(table: Columns, left: Ints, right: Ints) -> Bools:
    """Tell where one report came out before the other's event began."""
    known = (table.published[left] != UNKNOWN_DAY) & (table.first[right] != UNKNOWN_DAY)
    before: Bools = known & (table.published[left] < table.first[right] - 1)
    return before


def _published(table: Columns, left: Ints, right: Ints, main: Ints) -> dict[str, Bools]:
    known = (table.published[left] != UNKNOWN_DAY) & (table.published[right] != UNKNOWN_DAY)
    gap = np.abs(table.published[left] - table.published[right])
    news = known & (main == 2)
    return {
        "published within a day": news & (gap <= 1),
        "published more than a week apart": news & (gap > 7),
    }


def distance_km(table: Columns, left: Ints, right: Ints) -> Floats:
    """Return the great-circle distance; NaN where a place is unknown."""
    p, q = np.radians(table.lat[left]), np.radians(table.lat[right])
    turn = np.radians(table.lon[right] - table.lon[left])
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(turn / 2) ** 2
    km: Floats = EARTH_DIAMETER_KM * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    return km


def _space(table: Columns, left: Ints, right: Ints) -> dict[str, Bools]:
    km = distance_km(table, left, right)
    wide = np.maximum(table.radius_km[left], table.radius_km[right])
    small = np.minimum(table.radius_km[left], table.radius_km[right])
    known = ~np.isnan(km)
    inside = known & (wide > POINT_KM) & (km <= wide * AREA_MARGIN)
    point = known & ~inside
    return {
        "same point": point & (km <= 1.0),
        "places within 3 km": point & (km > 1.0) & (km <= 3.0),
        "one in the other's area": inside & (wide <= 100.0),
        "same area": inside & (km <= 1.0) & (small > POINT_KM),
        **{name: point & (km > far) for name, far in KM_APART.items()},
    }


def _rows(table: Columns, left: Ints, right: Ints) -> dict[str, Bools]:
    """Return where a dataset has a row for that day and place: it has no text that could speak for it."""
    one = table.dataset[left] | table.dataset[right]
    known = (table.first[left] != UNKNOWN_DAY) & (table.first[right] != UNKNOWN_DAY)
    reach = np.maximum(ROW_KM, np.maximum(table.radius_km[left], table.radius_km[right]))
    near = (distance_km(table, left, right) <= reach) & (reach <= POINT_KM)
    return {"dataset row of that day and place": one & known & near & (gap_days(table, left, right) == 0)}


def _type(table: Columns, left: Ints, right: Ints) -> dict[str, Bools]:
    return {
        "same sub-type": (table.sub_type[left] == table.sub_type[right]) & (table.sub_type[left] != 0),
        "types differ": table.type[left] != table.type[right],
    }


def _actors(table: Columns, left: Ints, right: Ints) -> dict[str, Bools]:
    found: dict[str, Bools] = {}
    for role, bags in (("initiator", table.initiators), ("target", table.targets)):
        known = (sizes(bags, left) > 0) & (sizes(bags, right) > 0)
        same = shared(bags, left, right) > 0
        found |= {f"same {role}": same, f"other {role}": known & ~same}
    return found


def _details(table: Columns, left: Ints, right: Ints) -> dict[str, Bools]:
    """Return agreement in the hour of the day and in what was hit; both matter on one day at one place."""
    day = gap_days(table, left, right) == 0
    a, b = table.hours[left], table.hours[right]
    told = (sizes(table.objects, left) > 0) & (sizes(table.objects, right) > 0)
    same = shared(table.objects, left, right) > 0
    return {
        "same hours of the day": day & ((a & b) != 0),
        "other hours of the day": day & (a != 0) & (b != 0) & ((a & b) == 0),
        "same thing hit": same,
        "other thing hit": told & ~same,
    }


def _figures(table: Columns, left: Ints, right: Ints) -> dict[str, Floats]:
    common = shared(table.figures, left, right)
    a, b = table.killed[left], table.killed[right]
    both = ~np.isnan(a) & ~np.isnan(b) & (common == 0)
    ratio = np.where(both, (np.fmax(a, b) + 1) / (np.fmin(a, b) + 1), 1.0)
    return {
        "shared figures": np.minimum(2.0, common),
        "tolls differ": (ratio > 1.0).astype(np.float64),
        "tolls far apart": np.log2(np.clip(ratio, 1.0, 16.0)) / 4,
    }


def _words(table: Columns, left: Ints, right: Ints, main: Ints) -> dict[str, Floats]:
    near = shared(table.words, left, right)
    whole = shared(table.report_words, table.report[left], table.report[right], product=True)
    return {
        **_steps("shared words", np.where(main == 2, near, 0.0), NEAR_WORDS),
        **_steps("shared words (background)", np.where(main < 2, near, 0.0), NEAR_WORDS),
        **_steps("reports alike", np.where(main == 2, whole, 0.0), ALIKE),
        **_steps("reports alike (background)", np.where(main < 2, whole, 0.0), ALIKE),
        "reports unlike": np.where(main == 2, _unlike(table, left, right, whole), 0.0),
    }


def _unlike(table: Columns, left: Ints, right: Ints, whole: Floats) -> Floats:
    """Return how little two reports share, as far as both are long enough to share something."""
    bags = table.report_words
    sums = np.concatenate([np.zeros(1), np.cumsum(bags.weights.astype(np.float64) ** 2)])
    length = np.sqrt(sums[bags.starts[1:]] - sums[bags.starts[:-1]])
    shorter = np.minimum(length[table.report[left]], length[table.report[right]])
    found: Floats = np.maximum(0.0, 1.0 - whole / ALIKE[0]) * np.minimum(1.0, shorter)
    return found


def _steps(name: str, value: Floats, knots: tuple[float, ...]) -> dict[str, Floats]:
    """Return how far the value fills each stretch between knots: a bent line of weights."""
    found, low = {}, 0.0
    for i, high in enumerate(knots, 1):
        found[f"{name} {i}"] = np.clip((value - low) / (high - low), 0.0, 1.0)
        low = high
    found[f"{name} {len(knots) + 1}"] = np.clip((value - low) / low, 0.0, 1.0)
    return found
