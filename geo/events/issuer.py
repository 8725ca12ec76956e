"""Who issues a communiqué: the body whose statement a whole report is, and whose word its figures are."""

from __future__ import annotations

from geo.events.reading import ActorHit, Reading
from geo.events.voices import widened
from geo.lexicons import words
from geo.records import ActorRef

FORMS = words("issuer.forms")
HEAD = 3
REACH = 6


def issuer(headline: Reading | None, read: list[Reading]) -> ActorRef | None:
    """Return whose statement a report is: "COMMUNIQUÉ No. 26 OF THE GENERAL STAFF"; `None` where it is none.

    Parameters
    ----------
    headline
        The headline, read; `None`: none apart from the text.
    read
        The sentences, read.
    """
    head = [*([headline] if headline else []), *read[:HEAD]]
    return next((widened(r, hit) for r in head if (hit := _issued(r))), None)


def _issued(r: Reading) -> ActorHit | None:
    """Return the actor behind "statement of", "communiqué by", where that opens a sentence or a headline."""
    for i in range(min(REACH, len(r.tokens))):
        if r.low(i) not in FORMS or any(h.first == i for h in r.says):
            continue
        whole = [a for a in r.actors if a.first == i < a.last]
        links = [k for k in range(i + 1, i + REACH) if r.low(k) in {"of", "by", "from"}]
        found = [a for a in r.actors if any(0 < a.first - k <= 2 for k in links)]
        if whole or found:
            return (whole or found)[0]
    return None
