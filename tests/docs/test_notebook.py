"""The worked notebook: kept without outputs, runs from top to bottom, its maps show themselves."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

if TYPE_CHECKING:
    from nbformat import NotebookNode

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"
MOST_BYTES = 1_500_000
"""Size of a shown map that a notebook with some of them still opens with."""


@pytest.fixture(scope="module")
def kept() -> NotebookNode:
    found: NotebookNode = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    return found


@pytest.fixture(scope="module")
def run() -> dict[str, list[Any]]:
    """Run the notebook in a kernel of its own; give the outputs by the cell's id."""
    from nbclient import NotebookClient

    book = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        # The client's own event loop and sockets are not what is tested here.
        warnings.simplefilter("ignore")
        NotebookClient(
            book, kernel_name="python3", timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}
        ).execute()
    return {cell["id"]: cell["outputs"] for cell in book["cells"] if cell["cell_type"] == "code"}


def shown(outputs: list[Any], kind: str = "text/plain") -> str:
    (output,) = outputs
    return str(output["data"][kind])


def test_is_kept_without_outputs(kept: NotebookNode) -> None:
    nbformat.validate(kept)  # type: ignore[no-untyped-call]
    code = [cell for cell in kept["cells"] if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert len({cell["id"] for cell in kept["cells"]}) == len(kept["cells"])


def test_nothing_is_told_but_results(run: dict[str, list[Any]]) -> None:
    streams = [output for outputs in run.values() for output in outputs if output["output_type"] == "stream"]
    assert streams == []


def test_reads_the_seeds(run: dict[str, list[Any]]) -> None:
    assert "'reports': 5," in shown(run["read-code"])
    assert "Khusham" in shown(run["incidents-code"])
    assert "Syrian Observatory for Human Rights" in shown(run["claims-code"])


def test_dtypes_are_the_documented_ones(kept: NotebookNode, run: dict[str, list[Any]]) -> None:
    (told,) = (cell["source"] for cell in kept["cells"] if cell["id"] == "tables")
    found = {tuple(line.split()[2:4]) for line in shown(run["tables-code"]).splitlines()[1:26]}
    documented = {
        "text": "object",
        "int": "Int64",
        "float": "float64",
        "bool": "bool",
        "date": "datetime64[ms]",
    }
    assert found == set(documented.items())
    assert all(f"`{dtype}`" in told for dtype in documented.values())


@pytest.mark.parametrize("cell", ["map-code", "both-map-code"])
def test_maps_show_themselves(run: dict[str, list[Any]], cell: str) -> None:
    page = shown(run[cell], "text/html")
    assert "<iframe srcdoc=" in page
    assert "Khusham" in page
    assert len(page.encode()) < MOST_BYTES


def test_an_export_comes_back_whole(run: dict[str, list[Any]]) -> None:
    found = re.fullmatch(r"\((\d+), (\d+), True\)", shown(run["geojson-code"]))
    assert found is not None
    assert found[1] == found[2]


def test_a_dataset_is_imported_and_joined(run: dict[str, list[Any]]) -> None:
    assert shown(run["import-code"]) == "[(5, 'latitude is blank')]"
    assert "UCDP GED" in shown(run["differ-code"])
    assert "RT" in shown(run["differ-code"])
