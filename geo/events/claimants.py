"""Who says it: the voice behind each stretch of a sentence, and through whom it came."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.events.reading import ADVERBS, HAVE, ActorHit, Reading, is_passive
from geo.events.speakers import PRONOUNS, clause
from geo.events.voices import adjacent, follower, inverted, persons, subject, widened
from geo.lexicons import words
from geo.mentions.phrases import Hit
from geo.records import ActorRef

IMPERSONAL = words("claimants.impersonal")
MEDIATING = words("claimants.mediating")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A speaker and the verb that makes him one."""

    speaker: ActorRef
    """Who speaks."""
    verb: Hit[tuple[str, str]]
    """The verb or phrase of saying."""
    first: int
    """First token of the speaker."""
    last: int
    """Last token of the speaker."""
    via: tuple[ActorRef, ...] = ()
    """Through whom."""
    denies: bool = False
    """The verb denies."""


@dataclass(slots=True, kw_only=True)
class Speakers:
    """Voices of a report so far: what pronouns and continued speech fall back on."""

    last: Voice | None = None
    paragraph: int = -1
    sentence: int = -1
    history: list[Voice] = field(default_factory=list)

    def continued(self, reading: Reading) -> list[Voice]:
        """Return the voice that goes on speaking: the sentence right before had one."""
        goes_on = self.sentence == reading.sentence.index - 1 and self.paragraph == reading.sentence.paragraph
        further = not FURTHER.isdisjoint(reading.tokens.lows[:3]) or any(
            f.first <= FIGURE_FIRST for f in reading.figures
        )
        fragment = len(reading.tokens) <= FRAGMENT
        if self.last is None or not goes_on or self.last.denies or not (further or fragment):
            return []
        self.sentence = reading.sentence.index
        verb = Hit(0, 0, "", ("verb", "past"))
        return [Voice(speaker=self.last.speaker, verb=verb, first=0, last=0, via=self.last.via)]


def find_voices(reading: Reading, speakers: Speakers) -> list[Voice]:
    """Return the voices of a sentence, left to right, and remember the last."""
    if not (reading.says or _speechless(reading)):
        return []
    actors = [*reading.actors, *persons(reading)]
    found = []
    for h in reading.says:
        if not _other_sense(reading, h) and (voice := _voice(reading, h, actors, speakers)) is not None:
            found.append(voice)
            speakers.last = voice
    found = [*_chained(found), *unspoken(reading, actors)]
    if found:
        speakers.last = found[-1]
        speakers.paragraph = reading.sentence.paragraph
        speakers.sentence = reading.sentence.index
        speakers.history.extend(found)
    return found


def _other_sense(reading: Reading, h: Hit[tuple[str, str]]) -> bool:
    """Tell whether a verb of saying is none here: part of "gave their lives", "blamed", "were reported"."""
    spans = [(x.first, x.last) for x in reading.measures] + [(x.first, x.last) for x in reading.triggers]
    inside = any(first <= h.first <= last and last > first for first, last in spans)
    if inside or h.words in NO_CLAIM:
        return True
    return h.value[0] == "verb" and h.value[1] in {"past", "participle"} and is_passive(reading, h.first)


FRAGMENT = 6
FIGURE_FIRST = 1
FURTHER = words("claimants.further")
NO_CLAIM = words("claimants.no_claim")
OWN_COUNT = words("claimants.own_count")


def _speechless(reading: Reading) -> bool:
    """Tell whether a sentence has the marks of a voice without a verb, as few have."""
    lows = reading.tokens.lows
    return ":" in lows or "(" in lows or ("'s" in lows and "by" in lows)


def unspoken(reading: Reading, actors: list[ActorHit]) -> list[Voice]:
    """Return voices without a verb: "Ministry: 16 killed", "20 dead (radio)", "by the army's count"."""
    return [
        Voice(
            speaker=widened(reading, a),
            verb=Hit(a.first, a.last, reading.words(a.first, a.last), ("phrase", "")),
            first=a.first,
            last=a.last,
        )
        for a in actors
        if _before_colon(reading, a) or _bracketed(reading, a) or _owns_count(reading, a)
    ]


def _before_colon(reading: Reading, a: ActorHit) -> bool:
    return (
        a.first <= LABEL_REACH
        and reading.low(a.last + 1) == ":"
        and a.actor.kind != "civilians"
        and reading.low(a.first - 1) not in {"of", "by", "on", "in"}
    )


LABEL_REACH = 4


def _bracketed(reading: Reading, a: ActorHit) -> bool:
    """Tell whether a speaker stands in brackets; the wire of a dateline is none."""
    inside = reading.low(a.first - 1) == "(" and reading.low(a.last + 1) == ")"
    return inside and reading.low(a.last + 2) not in DASHES and bool(reading.figures)


DASHES = words("claimants.dashes")
NO_WITNESS = words("claimants.no_witness")


def _owns_count(reading: Reading, a: ActorHit) -> bool:
    after = [reading.low(i) for i in range(a.last + 1, a.last + 4)]
    return (
        "by" in {reading.low(a.first - 1), reading.low(a.first - 2)}
        and after[:1] == ["'s"]
        and bool(OWN_COUNT & set(after))
    )


def _voice(
    reading: Reading, h: Hit[tuple[str, str]], actors: list[ActorHit], speakers: Speakers
) -> Voice | None:
    kind = h.value[0]
    if h.words in MEDIATING and reading.low(h.last + 1) == "by":
        return None  # "a health official, quoted by local television, said"
    if kind == "phrase" or h.words in MEDIATING:
        hit = follower(reading, h, actors)
    elif _not_finite(reading, h):
        return None
    else:
        hit = (
            clause(reading, h, actors)
            or adjacent(reading, h, actors)
            or inverted(reading, h, actors)
            or subject(reading, h, actors)
        )
    if hit is None:
        return _pronoun(reading, h, speakers) if kind != "phrase" else None
    if kind == "count" and (not _counts(reading, h) or is_passive(reading, h.first)):
        return None
    return Voice(speaker=widened(reading, hit), verb=h, first=hit.first, last=hit.last, denies=kind == "deny")


def _not_finite(reading: Reading, h: Hit[tuple[str, str]]) -> bool:
    """Tell whether a verb of saying has no subject of its own: "to claim", "having reported"."""
    before = [reading.low(i) for i in range(max(0, h.first - 3), h.first)]
    form = h.value[1]
    if form == "participle":
        return not HAVE & set(before) or "having" in before
    if form == "base":
        return bool(MODAL & set(before)) or not (h.words in VERB_ONLY or _plural(reading, h.first - 1))
    return form == "ing"


def _plural(reading: Reading, i: int) -> bool:
    """Tell whether a word before a bare verb can be its subject: "officials say", "they report"."""
    while i > 0 and (reading.low(i) in ADVERBS or reading.low(i) in {",", ")"}):
        i -= 1
    return i >= 0 and (reading.low(i).endswith("s") or reading.low(i) in PLURALS or _coordinate(reading, i))


def _coordinate(reading: Reading, i: int) -> bool:
    """Tell whether a name may be the last of two speakers: "the UN and Amnesty say"."""
    return "and" in reading.words(i - 4, i).split() and reading.tokens.capital(i)


VERB_ONLY = words("claimants.verb_only")
PLURALS = words("claimants.plurals")


MODAL = words("claimants.modal")


def _counts(reading: Reading, h: Hit[tuple[str, str]]) -> bool:
    return any(abs(f.first - h.last) <= 14 for f in reading.figures)


def _pronoun(reading: Reading, h: Hit[tuple[str, str]], speakers: Speakers) -> Voice | None:
    near = [reading.low(i) for i in range(max(0, h.first - 3), h.first)]
    if speakers.last is None or not set(near) & PRONOUNS or set(near) & IMPERSONAL:
        return None
    return Voice(
        speaker=speakers.last.speaker,
        verb=h,
        first=h.first,
        last=h.first,
        via=speakers.last.via,
        denies=h.value[0] == "deny",
    )


def _chained(found: list[Voice]) -> list[Voice]:
    """Make "newspapers, citing officers of X, write" one voice: the innermost speaks, the others pass on."""
    inner = [v for v in found if v.verb.words in MEDIATING]
    if not inner:
        return found
    outer = [v for v in found if v.verb.words not in MEDIATING]
    passed = tuple(v.speaker for v in outer if abs(v.first - inner[0].first) < 12)
    kept = [v for v in outer if v.speaker not in passed]
    voice = inner[0]
    if outer and NO_WITNESS & set(voice.speaker.text.lower().split()) and not _passes_on(outer):
        return outer  # a ministry that cites witnesses speaks itself
    if voice.speaker.start in {p.start for p in passed}:
        return outer
    spanning = Voice(speaker=voice.speaker, verb=voice.verb, first=voice.first, last=voice.last, via=passed)
    return [*kept, spanning]


def _passes_on(outer: list[Voice]) -> bool:
    """Tell whether media or monitors speak: what they quote is another's voice."""
    return any(
        v.speaker.kind in {"media", "monitor"} or PAPERS & set(v.speaker.name.lower().split()) for v in outer
    )


PAPERS = words("claimants.papers")


def voice_of(reading: Reading, voices: list[Voice], position: int) -> Voice | None:
    """Return the voice whose speech holds a token: the nearest, or the one that closes the sentence."""
    best, cost = None, FAR
    for v in voices:
        a, b = min(v.first, v.verb.first), max(v.last, v.verb.last)
        walls = reading.words(min(position, b), max(position, a)).split()
        way = abs(position - b) * 0.1 if position > b else abs(a - position) * 0.12
        if a > position and closes(reading, v):
            way = min(way, CLOSING)
        way += SEMICOLON * walls.count(";") + (0.0 if v.verb.value[0] != "deny" else 0.5)
        if way < cost:
            best, cost = v, way
    return best


FAR = 6.0
CLOSING = 0.0
SEMICOLON = 2.0
TAIL = 7


def closes(reading: Reading, v: Voice) -> bool:
    """Tell whether a voice ends its sentence and so speaks for all of it: "…, the ministry said"."""
    end = max(v.last, v.verb.last)
    before = reading.low(min(v.first, v.verb.first) - 1)
    after = range(end + 1, len(reading.tokens))
    return (
        len(after) <= TAIL
        and (before in CLOSERS or v.verb.value[0] == "phrase")
        and not any(f.first in after for f in reading.figures)
    )


CLOSERS = words("claimants.closers")
