from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reports.encoding import decode, mend_damage
from geo.reports.problem import RefusedError

WESTERN = "Les avions ont frappé la ville près d\u2019Alep, où «\u00a0vingt\u00a0» civils sont morts."
RUSSIAN = "После удара погибли двадцать человек, сообщили в понедельник местные власти."
ARABIC = "قتل عشرون مدنيا في قصف على المدينة يوم الاثنين حسب ما أعلن المرصد السوري لحقوق الإنسان"


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [WESTERN, "Plain words, \u2019 only."])
def test_unicode_is_recognised(name: str, text: str) -> None:
    assert decode(text.encode(name))[0] == text


def test_cyrillic_and_arabic_in_utf16_need_their_mark() -> None:
    assert decode(RUSSIAN.encode("utf-16"))[0] == RUSSIAN
    assert decode(ARABIC.encode("utf-16"))[0] == ARABIC


@pytest.mark.parametrize(("text", "name"), [(WESTERN, "cp1252"), (RUSSIAN, "cp1251"), (ARABIC, "cp1256")])
def test_code_pages_are_told_apart(text: str, name: str) -> None:
    assert decode(text.encode(name, errors="ignore")) == (text, name)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0", b"\xff\x01\x02\x03\x04" * 50, b"abc\0def", b"\xff\xfe\x00"]
)
def test_binary_data_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError):
        decode(data)


@given(st.binary())
def test_bytes_become_text_or_are_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except RefusedError:
        return
    text.encode("utf-8")


@pytest.mark.parametrize(
    "text", ["the army\u2019s \u201cline\u201d \u2013 no", "Djenné près de Ségou, où déjà", "قتل عشرون مدنيا"]
)
def test_text_once_read_in_the_wrong_encoding_is_mended(text: str) -> None:
    raw = text.encode("utf-8")
    damaged = "".join(
        chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252") for byte in raw
    )
    mended, places = mend_damage(damaged)
    assert mended == text
    assert places > 0


@pytest.mark.parametrize(
    "text", ["TERMINÉ»", "São Tomé e NÃO", "Ângela: «Ã»", "È vero: Â così", WESTERN, RUSSIAN, ARABIC, "plain"]
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert mend_damage(text) == (text, 0)
