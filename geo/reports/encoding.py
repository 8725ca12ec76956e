"""Bytes of a file to text: which encoding it is in, and damage done by an earlier wrong guess."""

from __future__ import annotations

import codecs
import re

from geo.reports.problem import RefusedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1b")
_HIGH = bytes(range(128, 256))
_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))
# The six commonest letters of Russian and of Arabic, as their code pages write them.
_COMMON = {"cp1251": "оеаинт".encode("cp1251"), "cp1256": "اليمون".encode("cp1256")}
_SAMPLE = 2**16
_MOST_CONTROLS = 0.01
_FEW_HIGH = 0.25
# UTF-8 that was once read as Windows-1252: a lead byte's character with its continuation bytes' characters.
_CONTINUATION = (
    "["
    + "".join(
        re.escape(bytes([b]).decode("cp1252")) if b not in b"\x81\x8d\x8f\x90\x9d" else chr(b)
        for b in range(0x80, 0xC0)
    )
    + "]"
)
_DAMAGE = re.compile(f"(?:â€{_CONTINUATION}|[ÃÂØÙÐÑ]{_CONTINUATION})+")
_LEAST_PAIRS = 3


def decode(data: bytes) -> tuple[str, str]:
    """Decode a file's bytes and name the encoding.

    A byte-order mark decides; then UTF-16 by its zero bytes, UTF-8 where it is valid, else Windows-1252,
    or Windows-1251 or 1256 where more than a quarter of the letters are not Latin.

    Raises
    ------
    RefusedError
        Where the bytes are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name), name
    if b"\0" in data[:_SAMPLE]:
        name = _utf16(data[:_SAMPLE])
        return _strict(data, name), name
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        name = code_page(data)
        return data.decode(name, errors="replace"), name


def code_page(data: bytes) -> str:
    """Choose the single-byte code page for bytes that are not UTF-8.

    Raises
    ------
    RefusedError
        Where the bytes are no text.
    """
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(sample):
        raise _binary()
    high = sample.translate(None, bytes(range(128)))
    latin = len(sample) - len(sample.translate(None, _LETTERS))
    if len(high) < _FEW_HIGH * (latin + len(high)):
        return "cp1252"
    return max(_COMMON, key=lambda name: (sum(map(high.count, _COMMON[name])), name))


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise RefusedError(f"not valid {name.upper()} at byte {error.start}", "save it as UTF-8") from error


def _utf16(sample: bytes) -> str:
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 20 <= max(even, odd) and max(even, odd) * 5 > len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    raise _binary()


def _binary() -> RefusedError:
    return RefusedError("binary data, not text", "convert it to UTF-8 text")


def mend_damage(text: str) -> tuple[str, int]:
    """Undo UTF-8 that was once read as Windows-1252 ("â€™"), and count the places.

    Only where the signs are plain: one three-character sequence, or three two-character ones,
    and each run is valid UTF-8 when turned back. For files; text inside JSON is left as given.
    """
    if text.isascii() or ("â€" not in text and len(_DAMAGE.findall(text)) < _LEAST_PAIRS):
        return text, 0
    mended = 0

    def turn_back(match: re.Match[str]) -> str:
        nonlocal mended
        try:
            whole = b"".join(_byte(char) for char in match.group()).decode("utf-8")
        except UnicodeDecodeError:
            return match.group()
        mended += 1
        return whole

    return _DAMAGE.sub(turn_back, text), mended


def _byte(char: str) -> bytes:
    return bytes([ord(char)]) if char in "\x81\x8d\x8f\x90\x9d" else char.encode("cp1252")
