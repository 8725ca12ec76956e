"""The map's page in headless Chromium, opened from disk; whatever it asks of a network is recorded."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import maps
from tests.maps.build import tables as build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
READY = "() => document.documentElement.dataset.ready === 'true'"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if "tests/browser" in item.path.as_posix()]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@dataclass(kw_only=True)
class Opened:
    """A page that is ready, with what it asked for and what went wrong on it."""

    page: Page
    path: Path
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def outside(self) -> list[str]:
        return [url for url in self.asked if not url.startswith(("file:", "data:", "blob:"))]

    def run(self, code: str) -> Any:
        """Evaluate an expression with what `look.js` defines."""
        return self.page.evaluate(f"() => {{ {LOOK} return {code}; }}")

    def settle(self) -> None:
        """Wait until what was asked for is drawn."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))")

    def count(self) -> str:
        self.settle()
        return self.page.inner_text(".cm-summary")

    def shown(self) -> list[str]:
        """Ids of the incidents the filters let through."""
        self.settle()
        return self.run("app.list.order.map((i) => app.id(i)).sort()")

    def value(self, facet: str, name: str) -> Any:
        return self.page.locator(f".cm-facet-{facet} .cm-value", has_text=name)

    def hash(self) -> str:
        self.settle()
        return self.run("window.location.hash")


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    return build()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    contexts = []

    def opener(
        drawn: Any, *, at: str = "", then: Callable[[Path], None] | None = None, **options: Any
    ) -> Opened:
        given = {name: options.pop(name) for name in ("title", "lang", "theme", "beside") if name in options}
        path = maps.save(drawn, tmp_path / "map.html", **given)
        if then:
            then(path)
        context = browser.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"} | options
        )
        contexts.append(context)
        opened = Opened(page=context.new_page(), path=path)
        opened.page.on("request", lambda request: opened.asked.append(request.url))
        opened.page.on("pageerror", lambda error: opened.faults.append(str(error)))
        opened.page.on(
            "console",
            lambda told: opened.faults.append(told.text) if told.type in {"error", "warning"} else None,
        )
        opened.page.goto(path.as_uri() + at)
        opened.page.wait_for_function(READY)
        return opened

    yield opener
    for context in contexts:
        context.close()
