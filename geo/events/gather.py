"""Tellings of a report put together, sentence by sentence, as a reader would."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.events.blame import culprits
from geo.events.claimants import Speakers, Voice, find_voices, voice_of
from geo.events.distance import gap
from geo.events.drafts import Draft, Told, protests
from geo.events.figures import find_victims, merged
from geo.events.fitting import fits, same_type
from geo.events.issuer import issuer
from geo.events.likeness import coarse, finer
from geo.events.means import votes_near
from geo.events.occurrences import Occurrence, occurrences
from geo.events.reading import Reading
from geo.events.settle import Scene, Setting, home_countries
from geo.events.stand_ins import owned
from geo.events.victims import Victims
from geo.lexicons import words
from geo.mentions.text import Document
from geo.records import ActorRef, Measure, PlaceRef

HAPPENED = words("assemble.happened")


def _retold(r: Reading, current: Draft | None) -> None:
    """Let "This happened near Khusham on Wednesday" settle what was told just before."""
    if current is None or (HAPPENED.isdisjoint(r.tokens.lows) and "took place" not in r.words(0, 12)):
        return
    place = next((p.ref for p in r.places if p.ref.literal and p.ref.where_prec <= 2), None)
    date = next((d.date.when for d in r.dates if not d.spoken and d.date.when.known), None)
    if place is not None and (current.inherited_place or coarse(current.place)):
        current.place, current.inherited_place = place, False
    if date is not None:
        current.when = date


def gather(
    document: Document,
    read: list[Reading],
    title: tuple[PlaceRef, ...] = (),
    headline: Reading | None = None,
) -> list[Draft]:
    """Put the tellings of a report together into drafts of events, with the figures that count their victims.

    Parameters
    ----------
    document, read
        The report, cut and read.
    title
        Places that its headline names.
    headline
        Its headline, read; what only the headline tells becomes no event.
    """
    setting = Setting(document=document, home=home_countries(read, title), title=title)
    gathering = _Gathering(setting=setting, issuer=issuer(headline, read))
    for o in occurrences(headline) if headline else ():
        gathering.take(o)
    for k, r in enumerate(read):
        gathering.read(r, read[max(0, k - 1) : k + 2])
    return gathering.finished(amid_protest=_amid_protest(read))


@dataclass(slots=True, kw_only=True)
class _Gathering:
    """What the reader has in mind while going down a report."""

    setting: Setting
    issuer: ActorRef | None = None
    """Whose statement the whole report is."""
    speakers: Speakers = field(default_factory=Speakers)
    drafts: list[Draft] = field(default_factory=list)
    current: Draft | None = None
    ahead: list[Told] = field(default_factory=list)
    """Figures told before any event was."""
    inherited: Measure | None = None

    def take(self, o: Occurrence) -> Draft:
        """Put a telling where it belongs."""
        self.current = _place_in(self.drafts, o, self.setting.scene(o, self.current), self.current)
        return self.current

    def read(self, r: Reading, around: list[Reading]) -> None:
        """Read a sentence, with the ones beside it."""
        voices = find_voices(r, self.speakers)
        r.voiced = [r.tokens.at(v.speaker.start, v.speaker.end) for v in voices if _said_here(r, v)]
        self.setting.enter(r)
        if r.sentence.furniture:
            return
        told = [] if _asks(r) else occurrences(r)
        if not told:
            _retold(r, self.current)
        before = around[0] if around[0] is not r else None
        for o in told:
            o.roles.initiators = [owned(r, a, before) for a in o.roles.initiators]
        touched = [(o, self._tell(r, o, around)) for o in told]
        self._blame(r, touched)
        self._count(r, touched, voices)

    def _tell(self, r: Reading, o: Occurrence, around: list[Reading]) -> Draft:
        _lend_means(o, around)
        draft = self.take(o)
        if o.anaphoric and "day of" in r.words(0, o.first) and draft.when is not None:
            self.setting.when = draft.when  # "On the day of that air raid, …": what follows happened then
        return draft

    def _blame(self, r: Reading, touched: list[tuple[Occurrence, Draft]]) -> None:
        for a in culprits(r):
            near = min(touched, key=lambda t: gap(r, (a.first, a.last), t[0].span))[1] if touched else None
            draft = near or self.current
            if draft is not None:
                draft.culprits.append(a)

    def _count(self, r: Reading, touched: list[tuple[Occurrence, Draft]], voices: list[Voice]) -> None:
        victims = merged(find_victims(r, self.inherited))
        for v in victims:
            target = _owner(r, v, touched) or _counted(r, self.drafts, self.current)
            told = _told(r, v, voices or self.speakers.continued(r), self.issuer)
            if target is None:
                self.ahead.append(told)
                continue
            target.told.extend((*self.ahead, told))
            self.ahead.clear()
            target.paragraphs.add(r.sentence.paragraph)
        if victims:
            self.inherited = victims[-1].measure
        elif self.current is None or r.sentence.paragraph not in self.current.paragraphs:
            self.inherited = None

    def finished(self, *, amid_protest: bool) -> list[Draft]:
        """Return the drafts that the text tells; what lacks place or time gets the report's."""
        for d in self.drafts:
            d.amid_protest = amid_protest
            d.when = d.when or self.setting.lead_when or self.setting.news()
            if d.place is None:
                d.place = self.setting.lead_place or self.setting.last_resort()
                d.inherited_place = True
        return [d for d in self.drafts if d.in_text]


def _amid_protest(read: list[Reading]) -> bool:
    """Tell whether a report speaks of protests all along."""
    return sum(protests(r.tokens) for r in read if not r.sentence.furniture) >= AMID


def _said_here(r: Reading, v: Voice) -> bool:
    """Tell whether a speaker stands in a sentence and is no pronoun for one before it."""
    return r.sentence.start <= v.speaker.start < r.sentence.end


def _asks(r: Reading) -> bool:
    """Tell whether a sentence asks: "Who fired?" tells of nothing."""
    return r.sentence.text.rstrip("\"'”’»)").endswith("?")


AMID = 3
LENT = 0.4


def _lend_means(o: Occurrence, around: list[Reading]) -> None:
    """Let the sentences beside it say by what means, where a telling's own sentence does not."""
    if o.sub_type is not None or sum(o.votes.values()) >= 1.0:
        return
    for r in around:
        if r is not o.reading and not r.sentence.furniture:
            for sub_type, weight in votes_near(r, 0, 0).items():
                o.votes[sub_type] = o.votes.get(sub_type, 0.0) + LENT * weight


def _place_in(drafts: list[Draft], o: Occurrence, scene: Scene, current: Draft | None) -> Draft:
    """Return the draft that a telling belongs to, a new one where none fits."""
    if _another(o, scene):
        return _started(drafts, o, scene, current)
    if _elsewhere(o) and scene.own_place:
        drafts_there = [d for d in drafts if d.place and scene.place and d.place.place == scene.place.place]
        if not drafts_there:
            return _started(drafts, o, scene, current)
    if o.anaphoric and not scene.own_date and (meant := _antecedent(drafts, o, current)):
        meant.add(o)
        return meant
    ordered = _by_likeness(drafts, o, scene, current)
    for d in ordered:
        if fits(d, o, scene):
            _take_in(d, o, scene)
            return d
    return _started(drafts, o, scene, current)


def _antecedent(drafts: list[Draft], o: Occurrence, current: Draft | None) -> Draft | None:
    """Return what "that air raid" points back to: the last event of that kind."""
    ordered = ([current] if current else []) + [d for d in reversed(drafts) if d is not current]
    same = [d for d in ordered if o.sub_type and d.sub_type == o.sub_type]
    return next(iter(same or [d for d in ordered if same_type(d, o)]), None)


def _by_likeness(drafts: list[Draft], o: Occurrence, scene: Scene, current: Draft | None) -> list[Draft]:
    """Order the drafts that a telling may belong to: place and day, people, paragraph, the last told."""
    recent = {id(d): k for k, d in enumerate(drafts)}
    if scene.own_place or scene.own_date:
        return sorted(drafts, key=lambda d: (d is current, recent[id(d)]), reverse=True)
    people = o.people()

    def likeness(d: Draft) -> tuple[float, int]:
        shared = len(people & d.people)
        same_paragraph = o.reading.sentence.paragraph in d.paragraphs
        return 0.7 * min(2, shared) + 1.0 * same_paragraph + 0.6 * (d is current), recent[id(d)]

    return sorted(drafts, key=likeness, reverse=True)


def _another(o: Occurrence, scene: Scene) -> bool:
    """Tell whether a sentence opens by setting a further event on the same day: "On the same Wednesday …"."""
    d = o.date
    opening = d is not None and d.first <= 2 and scene.own_date
    return opening and d is not None and "same" in d.date.when.words.lower()


def _elsewhere(o: Occurrence) -> bool:
    """Tell whether the sentence turns to something else: "Elsewhere", "Also in the north"."""
    head = o.reading.words(0, 4)
    return any(head.startswith(opener) for opener in words("gather.openers"))


def _started(drafts: list[Draft], o: Occurrence, scene: Scene, current: Draft | None) -> Draft:
    draft = Draft(
        place=scene.place,
        inherited_place=not (scene.own_place or scene.set_place),
        when=scene.when,
        context=current.sub_type if current else "",
    )
    draft.add(o)
    drafts.append(draft)
    return draft


def _take_in(d: Draft, o: Occurrence, scene: Scene) -> None:
    d.add(o)
    if scene.own_place and _better(d, o, scene.place):
        d.place, d.inherited_place = scene.place, False
    elif d.place is None and scene.place is not None:
        d.place, d.inherited_place = scene.place, True
    if scene.own_date or d.when is None:
        d.when = finer(d.when, scene.when)


def _better(d: Draft, o: Occurrence, place: PlaceRef | None) -> bool:
    """Tell whether a telling's own place says more than what the draft has."""
    if d.place is None or place is None:
        return place is not None
    if d.inherited_place and not o.casualty:
        return place.where_prec <= d.place.where_prec
    return coarse(d.place) and not coarse(place)


def _owner(r: Reading, v: Victims, touched: list[tuple[Occurrence, Draft]]) -> Draft | None:
    if not touched:
        return None
    return min(touched, key=lambda t: gap(r, (v.first, v.last), t[0].span))[1]


def _counted(r: Reading, drafts: list[Draft], current: Draft | None) -> Draft | None:
    """Return the event that a sentence of mere figures counts: same people, else the last told."""
    here = {x for a in r.actors for x in (a.actor.id, a.actor.country and f"country {a.actor.country}") if x}
    if current is None or not here:
        return current

    def likeness(d: Draft) -> tuple[float, int]:
        shared = len(here & d.people)
        return 0.7 * min(2, shared) + 0.8 * (d is current) + 0.4 * (
            r.sentence.paragraph in d.paragraphs
        ), -drafts.index(d)

    return max(drafts, key=likeness)


def _told(r: Reading, v: Victims, voices: list[Voice], issuer: ActorRef | None) -> Told:
    voice = voice_of(r, voices, v.first)
    return Told(
        victims=v,
        reading=r,
        claimant=voice.speaker if voice else issuer,
        via=voice.via if voice else (),
        denied=bool(voice and voice.denies),
    )
