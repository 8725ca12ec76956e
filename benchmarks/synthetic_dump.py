"""Write a synthetic GeoNames dump of any size from the dumps of some countries.

    python -m benchmarks.synthetic_dump DUMP.zip... --rows 12000000 --output all.txt

Each copy of a row gets another id, another country, a shifted place and names with other letters, so that
keys, postings and merging meet as many different names as a dump of the world gives them. Same input, same
bytes.
"""

from __future__ import annotations

import argparse
import io
import string
import zipfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

COUNTRIES = (
    "US CN IN RU ID MX BR CA AU FR NO TH NP IR PK PH MM MA NG CO VN DE ES TR FI PE IT KR AF JP SE UA BD "
    "ZA KE SD DZ EG IQ YE LY ML NE TD ET SO CD SY GR PL RO CZ AT CH GB IE PT AR CL BO EC VE CU GT HN NI "
    "TZ UG MZ ZM ZW AO CM GH CI SN BF GN MG KZ UZ TM KG TJ MN LA KH MY LK SA OM JO LB IL GE AM AZ BG RS "
    "HR HU SK SI LT LV EE BY "
).split()
"""Countries that copies are given, roughly by how many rows GeoNames has of them."""


def rows(paths: list[Path]) -> list[list[str]]:
    """Read the dumps."""
    found = []
    for path in paths:
        with zipfile.ZipFile(path) as archive, archive.open(f"{path.stem}.txt") as file:
            found += [line.rstrip("\n").split("\t") for line in io.TextIOWrapper(file, encoding="utf-8")]
    return found


def copies(originals: list[list[str]], wanted: int) -> Iterator[str]:
    """Yield lines: the originals first, then changed copies."""
    number = 0
    for turn, country in enumerate(cycle(COUNTRIES)):
        table = str.maketrans(_shifted(turn))
        for cells in originals:
            if number == wanted:
                return
            number += 1
            changed = list(cells)
            changed[0] = str(1_000_000 + number)
            changed[1:4] = [cells[1].translate(table), cells[2].translate(table), cells[3].translate(table)]
            changed[4] = f"{-60 + (float(cells[4]) + 7.3 * turn) % 130:.5f}"
            changed[5] = f"{(float(cells[5]) + 13.7 * turn) % 360 - 180:.5f}"
            changed[8] = country
            yield "\t".join(changed) + "\n"


def _shifted(turn: int) -> dict[str, str]:
    """Exchange letters, another pair of vowels and consonants each turn."""
    letters = string.ascii_lowercase
    if not turn:
        return {}
    shift = turn % 25 + 1
    return {one: letters[(i + shift) % 26] for i, one in enumerate(letters) if (i + turn // 25) % 3 == 0}


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("dump", nargs="+", type=Path)
    parser.add_argument("--rows", type=int, default=12_000_000)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    with arguments.output.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(copies(rows(arguments.dump), arguments.rows))


if __name__ == "__main__":
    main()
