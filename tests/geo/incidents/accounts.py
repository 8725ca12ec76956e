"""Accounts for tests of linking: a report and its one event, told in a sentence or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from geo.records import ActorRef, Claim, Count, Event, Report
from tests.geo.builders import KHUSHAM, days, event, place, ref, report

HATLA = place("conflictmap:hatla", "Hatla", lat=35.3417, lon=40.1990)
DOUMA = place("geonames:169577", "Douma", lat=33.5718, lon=36.4027, admin1="Rif Dimashq")
NIGHT = days(date(2018, 2, 7))


@dataclass
class World:
    """Reports and events as they are told."""

    reports: dict[str, Report] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def tell(
        self, ident: str, text: str, *, source: str | None = None, published: Any = None, **changes: Any
    ) -> Event:
        """Add a report with one event whose sentence is its text."""
        told = report(
            f"r{ident}",
            source or f"Paper {ident}",
            title=None,
            text=text,
            published=published or days(date(2018, 2, 9)),
        )
        where = changes.pop("place", KHUSHAM)
        plain: dict[str, Any] = {"when": NIGHT, "claims": (), "initiators": (), "targets": (), "quote": text}
        plain |= {"start": 0, "end": len(text)} | changes
        made = event(f"e{ident}", told.id, None if where is None else ref(where), **plain)
        self.reports[told.id] = told
        self.events.append(made)
        return made


def killed(ident: str, low: int | None, high: int | None = -1, **changes: Any) -> Claim:
    """Make a claim of dead; `high` is `low` where it is left out."""
    plain: dict[str, Any] = {
        "measure": "killed",
        "count": Count(low=low, high=low if high == -1 else high, words=str(low)),
        "of": None,
        "claimant": None,
        "via": (),
        "denied": False,
        "superseded": False,
        "cumulative": False,
        "start": 0,
        "end": 5,
        "quote": "",
        "reason": "",
    }
    return Claim(id=f"c{ident}", **(plain | changes))


def who(ident: str | None, name: str, kind: str | None = None, **changes: Any) -> ActorRef:
    """Make an actor."""
    return ActorRef(id=ident, name=name, text=name, start=0, end=len(name), kind=kind, **changes)


def groups(incidents: Sequence[Any]) -> set[frozenset[str]]:
    """Give the incidents as sets of event ids."""
    return {frozenset(i.events) for i in incidents}


KHUSHAM_TEXTS = (
    """Coalition jets and Apache gunships struck fighters of the Wagner company who had crossed the Euphrates
    with tanks and marched on the Conoco gas plant near Khusham late on Wednesday, leaving about
    a hundred dead.""",
    """The Observatory counted 73 dead after American gunships and artillery hit the column of Wagner men and
    tribal militia that had crossed the Euphrates towards the Conoco plant by Khusham.""",
    """Moscow denied that its soldiers were among the Wagner dead by the Conoco plant; the militia had crossed
    the Euphrates at Khusham without telling the Russian command, the ministry said.""",
)
DOUMA_TEXTS = (
    """Barrel bombs fell on the vegetable market of Douma in the morning; doctor Samir Haddad of the Rif
    hospital counted 16 bodies on the floor of his ward.""",
    """In the evening a missile tore into the school of Douma where families from Mesraba had sought shelter,
    killing four girls, teacher Amal Khoury told the Ghouta Media Centre.""",
)
