from __future__ import annotations

import base64
import hashlib
import html
import re

from maps.policy import with_policy


def policy(page: str, *, files: bool = False) -> dict[str, list[str]]:
    found = re.search(
        r'http-equiv="Content-Security-Policy" content="([^"]*)"', with_policy(page, files=files)
    )
    assert found
    return {
        name: values.split()
        for name, _, values in (part.partition(" ") for part in html.unescape(found[1]).split("; "))
    }


def test_scripts_run_by_their_digest_only() -> None:
    code = "\n run(1 < 2);\n"
    found = policy(f'<head></head><script>{code}</script><script type="application/json">[1]</script>')
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    assert found["script-src"] == [f"'sha256-{digest}'"]
    assert found["default-src"] == ["'none'"]
    assert found["img-src"] == ["data:", "blob:"]


def test_the_policy_comes_first() -> None:
    assert with_policy("<html><head><script>1</script></head>").index("Content-Security") < 60


def test_hosts_that_the_author_named_are_allowed() -> None:
    page = (
        '<head><link rel="stylesheet" href="https://cdn.example/a.css"></head>'
        '<script src="https://cdn.example/a.js"></script>'
        '<script>L.tileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", {})</script>'
        '<a href="https://elsewhere.example/">x</a>'
    )
    found = policy(page)
    assert "https://cdn.example" in found["script-src"]
    assert "https://cdn.example" in found["style-src"]
    assert "https://*.tiles.example" in found["img-src"]
    assert "elsewhere" not in str(found)


def test_files_beside_the_page_are_allowed_where_there_are_some() -> None:
    assert "file:" in policy("<head>", files=True)["script-src"]
    assert "file:" not in policy("<head>")["script-src"]
