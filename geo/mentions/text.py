"""A report's text cut into sentences and tokens, with the zones that matter to a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from geo.mentions.tokens import Tokens
from geo.records import Report, Span

ABBREVIATIONS = frozenset(
    "mr mrs ms dr st lt col gen sgt capt maj cpl pvt adm cmdr brig rev hon gov sen rep prof sr jr vs etc no "
    "nos dept jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m u.s u.k "
    "u.n i.e e.g approx ca inc ltd corp co bros mt ft".split(),
)
# One set of first characters for all ways to end: the regex engine then skips to them.
END = re.compile(
    r"[.!?…؟۔।。！？\n](?:"
    r"(?<=[.!?…؟۔।])[.!?…؟۔।]*[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*\S)"
    r"|(?<=[。！？])[。！？]*[」』”’)]*"
    r"|(?<=\n)(?:\s*\n|(?=\s*(?:[-*•·>\d]|[^\W\d_a-z]))))"
)
LONGEST_SENTENCE = 1500
"""Code points; what is longer is no sentence."""
LAST_WORD = re.compile(r"([^\s(\[\"“'‘]+)$")
LOWER = re.compile(r"\s+[\"'“‘«(\[]*[a-z]")
DASH = re.compile(r"[—–:-]\s")
"""What every dateline ends in; a sieve before its pattern."""
DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÖØ-Þ][\w'’./ -]{1,60}?)(?:,\s*[A-Z][\w'’. -]{1,25})?"
    r"(?:,?\s*(?P<date>(?:\d{1,2}\s+[A-Z][a-z]+|[A-Z][a-z]{2,8}\.?\s+\d{1,2})(?:,?\s*\d{4})?))?"
    r"\s*(?P<outlet>\([^()\n]{2,40}\))?\s*(?P<dash>[—–-]{1,2}|:)\s",
)
QUOTE = re.compile(r"“[^”]{1,2000}”|\"[^\"\n]{1,1500}\"|«[^»]{1,1500}»")


@dataclass(slots=True, kw_only=True)
class Sentence:
    """A sentence, or a headline or list item that stands as one."""

    start: int
    """First code point."""
    end: int
    """One past the last."""
    index: int
    """Number in the report."""
    paragraph: int
    """Number of its paragraph."""
    furniture: bool
    """Page furniture: no events are read here."""
    text: str
    """The words."""
    _tokens: Tokens | None = field(default=None, repr=False)

    @property
    def tokens(self) -> Tokens:
        """Its tokens, cut on first use."""
        if self._tokens is None:
            self._tokens = Tokens(self.text, self.start)
        return self._tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report with its sentences and zones."""

    report: Report
    """The report."""
    sentences: tuple[Sentence, ...]
    """In order."""
    quotes: tuple[Span, ...]
    """Stretches inside quotation marks."""
    dateline: Span | None
    """"BEIRUT, Sept 5 (Meridian Wire) -" at the head of the body."""

    def quoted(self, position: int) -> bool:
        """Tell whether a code point lies inside quotation marks."""
        return any(position in q for q in self.quotes)

    def sentence_at(self, position: int) -> Sentence | None:
        """Return the sentence that holds a code point."""
        low, high = 0, len(self.sentences) - 1
        while low <= high:
            middle = (low + high) // 2
            sentence = self.sentences[middle]
            if position < sentence.start:
                high = middle - 1
            elif position >= sentence.end:
                low = middle + 1
            else:
                return sentence
        return None


def read_text(report: Report) -> Document:
    """Cut a report into sentences; furniture keeps its places and loses its events."""
    sentences = tuple(_sentences(report))
    quotes = tuple(Span(start=m.start(), end=m.end()) for m in QUOTE.finditer(report.text))
    return Document(report=report, sentences=sentences, quotes=quotes, dateline=_dateline(sentences))


def headline(report: Report) -> Document:
    """Cut a report's headline as a document of its own; its offsets point into the headline."""
    return read_text(replace(report, text=report.title or "", furniture=()))


def _sentences(report: Report) -> Iterator[Sentence]:
    text, index, paragraph, start = report.text, 0, 0, 0
    for end, breaks in _bounded(text):
        piece = text[start:end].rstrip()
        left, right = end - len(text[start:end].lstrip()), start + len(piece)
        if left < right:
            yield Sentence(
                start=left,
                end=right,
                index=index,
                paragraph=paragraph,
                furniture=any(left in f or (left <= f.start < right - 1) for f in report.furniture),
                text=text[left:right],
            )
            index += 1
        paragraph += breaks
        start = end


def _bounded(text: str) -> Iterator[tuple[int, bool]]:
    """Cut what is too long for a sentence between words: the reading of one takes its length squared."""
    start = 0
    for end, breaks in _borders(text):
        while end - start > LONGEST_SENTENCE:
            space = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            start = start + LONGEST_SENTENCE if space < 0 else space
            yield start, False
        yield end, breaks
        start = end


def _borders(text: str) -> Iterator[tuple[int, bool]]:
    for m in END.finditer(text):
        if m.group()[0] == "\n":
            yield m.end(), True
        elif m.group()[0] != "." or not _abbreviated(text, m):
            yield m.end(), False
    yield len(text), True


def _abbreviated(text: str, m: re.Match[str]) -> bool:
    if LOWER.match(text, m.end()):
        return True
    word = LAST_WORD.search(text, max(0, m.start() - 24), m.start())
    if word is None or len(m.group()) > 1:
        return False
    low = word.group().lower()
    if (len(low) == 1 and low.isalpha()) or _numbers_item(low, text, m.start()):
        return True
    return low in ABBREVIATIONS and not _closes(low, text, m.end())


def _numbers_item(low: str, text: str, end: int) -> bool:
    """Tell whether the dot belongs to "3." at the head of a list item."""
    head = end - len(low)
    return low.isdigit() and len(low) <= 2 and (head == 0 or text[head - 1] == "\n")


def _closes(low: str, text: str, end: int) -> bool:
    """Tell whether "U.S." or "p.m." ends its sentence: the next word is one that begins sentences."""
    follower = re.match(
        r"\s+(The|A|An|It|He|She|They|In|On|But|And|At|This|That|We|There)\b", text[end : end + 12]
    )
    return "." in low and follower is not None


def _dateline(sentences: tuple[Sentence, ...]) -> Span | None:
    for s in sentences[:6]:
        m = DATELINE.match(s.text) if DASH.search(s.text) else None
        if m and (m["date"] or m["outlet"] or m["place"].isupper()):
            return Span(start=s.start, end=s.start + m.end())
    return None
