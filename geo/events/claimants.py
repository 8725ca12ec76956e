"""Who says it: the voice behind each stretch of a sentence, and through whom it came."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.events.reading import HAVE, ActorHit, Reading, is_passive
from geo.events.voices import PRONOUNS, adjacent, follower, inverted, persons, subject, widened
from geo.lexicons import words
from geo.mentions.phrases import Hit
from geo.records import ActorRef

VOICE_WORDS = words("claimants.voice")

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
    history: list[Voice] = field(default_factory=list)


def find_voices(reading: Reading, speakers: Speakers) -> list[Voice]:
    """Return the voices of a sentence, left to right, and remember the last."""
    actors = [*reading.actors, *persons(reading)]
    found = []
    for h in reading.says:
        if (voice := _voice(reading, h, actors, speakers)) is not None:
            found.append(voice)
            speakers.last = voice
    found = _chained(found)
    if found:
        speakers.last = found[-1]
        speakers.paragraph = reading.sentence.paragraph
        speakers.history.extend(found)
    return found


def _voice(
    reading: Reading, h: Hit[tuple[str, str]], actors: list[ActorHit], speakers: Speakers
) -> Voice | None:
    kind, form = h.value
    if kind == "phrase" or h.words in MEDIATING:
        hit = follower(reading, h, actors)
    elif (
        form == "participle" and not HAVE & {reading.low(i) for i in range(max(0, h.first - 3), h.first)}
    ) or (form in {"base", "ing"} and h.words not in VOICE_WORDS):
        return None
    else:
        hit = adjacent(reading, h, actors) or inverted(reading, h, actors) or subject(reading, h, actors)
    if hit is None:
        return _pronoun(reading, h, speakers) if kind != "phrase" else None
    if kind == "count" and (not _counts(reading, h) or is_passive(reading, h.first)):
        return None
    return Voice(speaker=widened(reading, hit), verb=h, first=hit.first, last=hit.last, denies=kind == "deny")


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
    if voice.speaker.start in {p.start for p in passed}:
        return outer
    spanning = Voice(speaker=voice.speaker, verb=voice.verb, first=voice.first, last=voice.last, via=passed)
    return [*kept, spanning]


def voice_of(reading: Reading, voices: list[Voice], position: int) -> Voice | None:
    """Return the voice whose speech holds a token: the nearest with no semicolon between."""
    best, cost = None, 99.0
    for v in voices:
        a, b = min(v.first, v.verb.first), max(v.last, v.verb.last)
        walls = reading.words(min(position, b), max(position, a)).split()
        way = abs(position - b) * 0.1 if position > b else abs(a - position) * 0.12
        way += 6.0 * walls.count(";") + (0.0 if v.verb.value[0] != "deny" else 0.5)
        if way < cost:
            best, cost = v, way
    return best if cost < 6.0 else None
