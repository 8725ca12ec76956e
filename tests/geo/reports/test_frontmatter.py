from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reports.frontmatter import split


def test_front_matter_and_body() -> None:
    values, body = split(
        '---\nsource: "A ""B"\ntitle: It\'s: so # not\npublished: 2018-02-12\nmood: sad\n---\n\nBody\n'
    )
    assert values == {"source": 'A ""B', "title": "It's: so", "published": "2018-02-12"}
    assert body == "\nBody\n"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("date: 2018-02-12", "published", "2018-02-12"),
        ("Publisher: X", "source", "X"),
        ("title: 'It''s'", "title", "It's"),
        ('title: "a \\"b\\""', "title", 'a "b"'),
        ("url: https://a.test/x#y", "url", "https://a.test/x#y"),
    ],
)
def test_keys_and_quotes(line: str, field: str, value: str) -> None:
    assert split(f"---\r\n{line}\r\n---\r\nBody")[0] == {field: value}


@pytest.mark.parametrize("empty", ["source:", "source: null", "source: ~", 'source: ""', "source:   "])
def test_an_empty_value_is_none(empty: str) -> None:
    assert split(f"---\n{empty}\n---\nBody") == ({}, "Body")


@pytest.mark.parametrize("text", ["---\nsource: A\nno end", "Body\n---\n", "--- \x0b", "----\na: b\n----\n"])
def test_without_front_matter_all_is_body(text: str) -> None:
    assert split(text) == ({}, text)


def test_the_first_heading_is_the_title_and_stays() -> None:
    assert split("\n# Shells on Hatla #\n\nText") == (
        {"title": "Shells on Hatla"},
        "\n# Shells on Hatla #\n\nText",
    )
    assert split("---\ntitle: T\n---\n# Other\n")[0] == {"title": "T"}


@given(st.text())
def test_the_body_is_the_end_of_the_file(text: str) -> None:
    assert text.endswith(split(text)[1])
