from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from maps import assets
from maps.errors import AssetError


def module(folder: Path, name: str, text: str) -> None:
    (folder / "js").mkdir(exist_ok=True)
    (folder / "js" / f"{name}.js").write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(assets, "ASSETS", tmp_path)
    return tmp_path


def test_modules_are_joined_in_the_order_of_their_imports(folder: Path) -> None:
    module(
        folder, "main", 'import { one, two } from "./low.js";\nexport function create() {\n  return one;\n}\n'
    )
    module(folder, "low", "const hidden = 1;\nexport const one = hidden;\nexport class two {}\n")
    joined = assets.script.__wrapped__()
    assert joined.index("modules.low = ") < joined.index("modules.main = ")
    assert "const { one, two } = modules.low;" in joined
    assert "return { one, two };" in joined
    assert "import" not in joined
    assert "export" not in joined


def test_a_circle_of_imports_is_named(folder: Path) -> None:
    module(folder, "main", 'import { a } from "./a.js";\n')
    module(folder, "a", 'import { main } from "./main.js";\n')
    with pytest.raises(AssetError, match="main → a → main"):
        assets.script.__wrapped__()


def test_a_file_that_was_not_built_is_named_with_the_mend(folder: Path) -> None:
    with pytest.raises(AssetError, match=r"leaflet\.js was not built .* run `pip install \.`"):
        assets.vendor("leaflet.js")
    assert folder.is_dir()


def test_every_module_of_the_page_is_used() -> None:
    joined = assets.script()
    for path in (assets.ASSETS / "js").glob("*.js"):
        assert f"modules.{path.stem} = " in joined, path.name


def test_styles_ask_for_no_picture() -> None:
    assert "url(" not in assets.leaflet_style()
    assert "url(" not in assets.style()
    assert "sourceMappingURL" not in assets.leaflet_script()


def test_what_the_package_needs_is_in_the_list() -> None:
    listed = tomllib.loads((assets.ASSETS / "vendor.toml").read_text(encoding="utf-8"))["file"]
    assert {row["to"] for row in listed} >= {
        "leaflet.js",
        "leaflet.css",
        "countries-10m.json",
        "countries-50m.json",
        "countries-110m.json",
    }
    for row in listed:
        assert assets.vendor(row["to"]).is_file()
        assert assets.vendor(f"{row['package']}.LICENSE").is_file()
