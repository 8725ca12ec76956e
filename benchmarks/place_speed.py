"""Speed and memory of one reader of places, as JSON; `benchmarks.places` runs it in a process of its own.

Usage: python -m benchmarks.place_speed READER CORPUS.jsonl.gz
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.place_readers import READERS

ROUNDS = 3
FIRST = "Shells fell on Khusham, east of Deir ez-Zor in Syria, and on London."
COLD = """
import time
from benchmarks.place_readers import READERS
READERS[{name!r}]()({text!r})
seconds = time.process_time()
from benchmarks.place_speed import peak_mb
print(seconds, peak_mb())
"""


def main(name: str, corpus: Path) -> None:
    """Measure a cold start, passes over the corpus, and the memory after them."""
    code = COLD.format(name=name, text=FIRST)
    cold = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, cold_mb = map(float, cold.stdout.split()[-2:])
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        texts = [str(json.loads(line)["text"]) for line in lines]
    megabytes = sum(len(t.encode()) for t in texts) / 1e6
    read = READERS[name]()
    read(FIRST)
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text in texts:
            read(text)
        spent.append(time.process_time() - start)
    speed = {"first": megabytes / spent[0], "steady": megabytes / min(spent)}
    print(json.dumps({**speed, "cold_s": seconds, "cold_mb": cold_mb, "mb": peak_mb()}))


def peak_mb() -> float:
    """Return the most memory that this process had resident; the usual figure counts its parent's too."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
