"""RESULTS.md: each benchmark keeps its own section, between marks, and leaves the others alone."""

from __future__ import annotations

import re
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def keep(name: str, section: str, file: Path = RESULTS) -> None:
    """Put a benchmark's section in the place of its last one, or at the end."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    block = f"{begin}\n{section.strip()}\n{end}\n"
    told = file.read_text("utf-8") if file.exists() else ""
    old = re.compile(rf"{re.escape(begin)}\n.*?{re.escape(end)}\n", re.DOTALL)
    there = old.search(told)
    told = old.sub(lambda _: block, told) if there else f"{told.rstrip()}\n\n{block}".lstrip()
    file.write_text(told, "utf-8")


def part(name: str, title: str, file: Path = RESULTS) -> str:
    """Return what a benchmark's last section tells under a title; empty where it tells nothing."""
    told = file.read_text("utf-8") if file.exists() else ""
    begin, end = re.escape(f"<!-- {name} -->"), re.escape(f"<!-- /{name} -->")
    block = re.search(rf"{begin}\n(.*?){end}\n", told, re.DOTALL)
    found = re.search(rf"### {re.escape(title)}\n.*?(?=\n### |\Z)", block[1] if block else "", re.DOTALL)
    return found[0].strip() if found else ""


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Write a Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
