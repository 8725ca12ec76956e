"""Mutate good files and read them: `python -m benchmarks.fuzz [--inputs N] [--write]`.

Each reader runs in a process of its own with bounded memory; an input that raises what no user should see,
or takes longer than its size allows, is kept under build/fuzz/ and told. --write keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.fuzz.mutate import mutated
from benchmarks.fuzz.targets import ROOT, Target, targets
from benchmarks.results import keep, table

KEPT = ROOT / "build" / "fuzz"
FREE_S, PER_MB_S = 5.0, 60.0
"""CPU seconds an input may take, and further ones for each megabyte."""
MEMORY = 3 << 30
"""Bytes of address space above which a reader is stopped."""


class SlowError(Exception):
    """An input that takes longer than its size allows."""


def main() -> None:
    """Fuzz what the command line names; tell, and perhaps keep, the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=2000, help="inputs for each reader")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    parser.add_argument("--target", action="append", help="only this reader; may be given again")
    parser.add_argument("--write", action="store_true", help="keep the figures in benchmarks/RESULTS.md")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        _confine(asked.child)
        print(json.dumps(fuzz(asked.child, asked.inputs, asked.seed)))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        names = asked.target or list(targets())
        rows = [_apart(name, asked.inputs, asked.seed, folder) for name in names]
    if asked.write:
        keep("fuzz", _section(rows, asked.inputs, asked.seed))
    sys.exit(1 if any(row["findings"] for row in rows) else 0)


def _apart(name: str, inputs: int, seed: int, folder: str) -> dict[str, Any]:
    words = [
        sys.executable,
        "-m",
        "benchmarks.fuzz",
        "--child",
        name,
        "--inputs",
        str(inputs),
        "--seed",
        str(seed),
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=folder, env=environment, stdout=subprocess.PIPE, check=False)
    told = done.stdout.decode().splitlines()
    died = {
        "inputs": 0,
        "bytes": 0,
        "slowest": 0.0,
        "findings": {f"the process ended with {done.returncode}": 1},
    }
    row: dict[str, Any] = {"name": name, **(json.loads(told[-1]) if told and not done.returncode else died)}
    print(f"{name}: {row['inputs']:,} inputs, {row['findings'] or 'nothing found'}", flush=True)
    return row


def _confine(name: str) -> None:
    """Bound the memory of this process, once what is imported late has been imported."""
    warnings.simplefilter("ignore")
    target = targets()[name]
    for good, data in target.seeds.items():
        _tried(target, good, data)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def fuzz(name: str, inputs: int, seed: int) -> dict[str, Any]:
    """Fuzz one reader; give how much was tried and what was found."""
    target = targets()[name]
    signal.signal(signal.SIGVTALRM, _stop)
    rng = random.Random(f"{seed} {name}")  # noqa: S311 — mutations are no secrets
    found: Counter[str] = Counter()
    tried, slowest = 0, 0.0
    for _ in range(inputs):
        good, data = rng.choice(list(target.seeds.items()))
        data = mutated(rng, data, list(target.seeds.values()))
        tried += len(data)
        start = time.process_time()
        if (fault := _tried(target, good, data)) is not None:
            found[fault] += 1
            _keep(name, good, data, fault, first=found[fault] == 1)
        slowest = max(slowest, (time.process_time() - start) / (FREE_S + PER_MB_S * len(data) / 1e6))
    return {"inputs": inputs, "bytes": tried, "slowest": round(slowest, 3), "findings": found}


def _stop(*_: object) -> None:
    raise SlowError


def _tried(target: Target, name: str, data: bytes) -> str | None:
    """Read one input in a folder of its own; give what went wrong in one line."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        path = Path(folder, name).absolute()
        path.write_bytes(data)
        signal.setitimer(signal.ITIMER_VIRTUAL, FREE_S + PER_MB_S * len(data) / 1e6)
        try:
            target.attempt(path)
        except Exception as fault:  # noqa: BLE001 — every one is a finding
            return _where(fault)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def _where(fault: BaseException) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    own = [
        f
        for f in frames
        if str(ROOT) in f.filename and ".venv" not in f.filename and "/fuzz/" not in f.filename
    ]
    last = own[-1] if own else frames[-1]
    place = Path(last.filename)
    place = place.relative_to(ROOT) if place.is_relative_to(ROOT) else Path(place.name)
    words = str(fault) if isinstance(fault, AssertionError) else ""
    return f"{type(fault).__name__} {words} in {place}:{last.lineno} {last.name}".replace("  ", " ")


def _keep(reader: str, name: str, data: bytes, fault: str, *, first: bool) -> None:
    if first:
        folder = KEPT / reader.replace(" ", "-") / "".join(c if c.isalnum() else "_" for c in fault)[:120]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _section(rows: list[dict[str, Any]], inputs: int, seed: int) -> str:
    cells = [
        (
            row["name"],
            f"{row['inputs']:,}",
            f"{row['bytes'] / 1e6:.1f}",
            str(sum(row["findings"].values())),
            f"{row['slowest']:.0%}",
        )
        for row in rows
    ]
    total = f"{sum(row['inputs'] for row in rows):,}", f"{sum(row['bytes'] for row in rows) / 1e6:.1f}"
    faults = str(sum(sum(row["findings"].values()) for row in rows))
    cells.append(("all", *total, faults, ""))
    head = ("reader", "inputs tried", "MB", "crashes, hangs, losses", "slowest, of the time allowed")
    note = (
        f"Made by `python -m benchmarks.fuzz --inputs {inputs} --seed {seed} --write`: good files, mutated\n"
        f"and read. Allowed are {FREE_S:g} s of CPU and {PER_MB_S:g} s for each megabyte, and "
        f"{MEMORY >> 30} GB of address space."
    )
    return f"## Broken input\n\n{note}\n\n{table(head, cells)}"


if __name__ == "__main__":
    main()
