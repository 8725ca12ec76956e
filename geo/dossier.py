"""An incident as Markdown for people: each source's version, the sentence behind each figure, the reasons."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from geo.errors import ProjectError

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
Tables = Mapping[str, "pd.DataFrame"]


def dossier(tables: Mapping[str, pd.DataFrame], identity: str) -> str:
    """Return the dossier of an incident.

    Parameters
    ----------
    tables
        A project's tables.
    identity
        Id of an incident, of one of its events, or words of its title.

    Raises
    ------
    ProjectError
        No incident answers to it; the message lists the nearest.
    """
    incidents = _rows(tables["incidents"])
    events = _rows(tables["events"])
    chosen = _chosen(incidents, events, identity)
    parts: list[str] = []
    for incident in chosen:
        parts += _incident(tables, incident, [e for e in events if e["incident"] == incident["id"]])
    return "\n".join(parts)


def _rows(frame: pd.DataFrame) -> list[Row]:
    plain = frame.drop(columns="geometry", errors="ignore").astype(object)
    kept = plain.where(plain.notna(), None).to_dict("records")
    return [{str(k): v for k, v in r.items()} for r in kept]


def _chosen(incidents: list[Row], events: list[Row], identity: str) -> list[Row]:
    wanted = {identity} | {e["incident"] for e in events if e["id"] == identity}
    found = [i for i in incidents if i["id"] in wanted] or [
        i for i in incidents if identity.lower() in (i["title"] or "").lower()
    ]
    if found:
        return found
    titles = [i["title"] or "" for i in incidents]
    close = difflib.get_close_matches(identity, titles, n=3, cutoff=0.2) or titles[:3]
    raise ProjectError(
        f"No incident or event is called {identity!r}; there are {'; '.join(close)} ({len(titles)} in all)."
    )


def _incident(tables: Mapping[str, pd.DataFrame], incident: Row, versions: list[Row]) -> Iterator[str]:
    claims = [c for c in _rows(tables["claims"]) if c["incident"] == incident["id"]]
    reports = {r["id"]: r for r in _rows(tables["reports"])}
    yield f"# {_line(incident['title'])}"
    yield ""
    yield (
        f"Incident {incident['id']} · {incident['type']} · {incident['source_count']} source(s), "
        f"{incident['event_count']} version(s)"
    )
    killed, injured = (_range(incident[f"{m}_low"], incident[f"{m}_high"]) for m in ("killed", "injured"))
    yield f"Killed {killed} · injured {injured}"
    if incident["acled_fatalities"] is not None:
        yield f"As others count: {_rollups(incident)}"
    if incident["contested"]:
        yield f"Contested: {incident['contested_about']}"
    if incident["corrected"]:
        yield f"Corrected by hand: {incident['corrected']}"
    yield ""
    yield from _side_by_side(versions, reports, claims)
    yield from _linked(tables, incident, versions)
    yield from _corrected(tables, incident, versions)
    for event in versions:
        yield ""
        yield from _version(
            event, reports.get(event["report"], {}), [c for c in claims if c["event"] == event["id"]]
        )
    yield ""


def _rollups(incident: Row) -> str:
    """Tell the deaths as other datasets count them, and whose figures these are."""
    told = [f"ACLED {incident['acled_fatalities']}"]
    if incident["ucdp_best"] is not None:
        told.append(f"UCDP {' / '.join(str(incident[f'ucdp_{k}']) for k in ('low', 'best', 'high'))}")
    if incident["airwars_grade"]:
        civilians = _range(incident["airwars_killed_min"], incident["airwars_killed_max"])
        told.append(f"Airwars {civilians} civilians killed, {incident['airwars_grade']}")
    return f"{' · '.join(told)} ({_line(incident['rollup_reason'])})"


def _side_by_side(versions: list[Row], reports: Mapping[str, Row], claims: list[Row]) -> Iterator[str]:
    """Give a table of the versions, a line each."""
    yield "| Source | Published | What | When | Where | Killed | Injured | Note |"
    yield "|---|---|---|---|---|---|---|---|"
    for event in versions:
        report = reports.get(event["report"], {})
        own = [c for c in claims if c["event"] == event["id"]]
        copied = reports.get(report.get("copy_of") or "", {})
        notes = [f"copy of {_line(copied.get('source') or report.get('copy_of'))}"] if copied else []
        notes += [f"corrected: {event['corrected']}"] if event["corrected"] else []
        cells = (
            event["source"] or "unknown",
            str(report.get("published") or "")[:10],
            event["sub_type"],
            _days(event),
            event["place"] or "unknown",
            _figures(own, "killed"),
            _figures(own, "injured"),
            "; ".join(notes),
        )
        yield f"| {' | '.join(_cell(c) for c in cells)} |"


def _figures(claims: list[Row], measure: str) -> str:
    found = [_range(c["low"], c["high"]) for c in claims if c["measure"] == measure and not c["superseded"]]
    return ", ".join(dict.fromkeys(found))


def _linked(tables: Tables, incident: Row, versions: list[Row]) -> Iterator[str]:
    """Give the links between versions, the surest first."""
    names = {e["id"]: e["source"] or "unknown" for e in versions}
    found = (
        [x for x in _rows(tables["links"]) if x["incident"] == incident["id"]] if "links" in tables else []
    )
    if found:
        yield ""
        yield "Linked because:"
        yield ""
    for x in sorted(found, key=lambda x: (-x["score"], x["left"], x["right"])):
        both = " and ".join(_line(names.get(x[side], x[side])) for side in ("left", "right"))
        yield f"- {both}, {x['score']:.0%}: {_line(x['reason'])}"


def _corrected(tables: Tables, incident: Row, versions: list[Row]) -> Iterator[str]:
    """Give the corrections of the incident and its versions."""
    ids = {incident["id"], *(e["id"] for e in versions)}
    found = [c for c in _rows(tables["corrections"]) if c["target"] in ids] if "corrections" in tables else []
    if found:
        yield ""
        yield "Corrected by hand:"
        yield ""
    for c in found:
        who = f" by {_line(c['author'])}" if c["author"] else ""
        why = f": {_line(c['note'])}" if c["note"] else ""
        yield f"- {c['field']} of {c['target']} is {_line(c['value'])}{who}{why}"


def _cell(words: Any) -> str:
    return _line(words).replace("|", "\\|")


def _version(event: Row, report: Row, claims: list[Row]) -> Iterator[str]:
    published = report.get("published")
    yield f"## {_line(event['source'] or 'Unknown source')}" + (
        f", {str(published)[:10]}" if published else ""
    )
    yield ""
    yield f"> {_line(event['quote'])}"
    yield ""
    yield (
        f"- What: {event['sub_type']} (event {event['id']}, confidence {event['confidence']:.2f}; "
        f"{_line(event['reason'])})"
    )
    yield f"- When: {_days(event)}"
    yield (
        f"- Where: {_line(event['place'] or 'unknown')}"
        + (f" ({_line(event['relation'])})" if event["relation"] else "")
        + f"; {_line(event['place_reason'])}"
    )
    yield f"- Who: {_line(event['initiators'] or 'not said')} → {_line(event['targets'] or 'not said')}"
    for c in claims:
        yield f"- {_claim(c)}"


def _claim(c: Row) -> str:
    who = _line(c["claimant"] or "the report itself") + (f", via {_line(c['via'])}" if c["via"] else "")
    marks = "".join(f" [{m}]" for m in ("superseded", "denied", "cumulative") if c[m])
    of = f" {c['of']}" if c["of"] else ""
    figure = f"{c['measure'].capitalize()}: {_range(c['low'], c['high'])}{of} ({_line(c['words'])}){marks}"
    return f"{figure}, says {who}: “{_line(c['quote'])}” ({_line(c['reason'])})"


def _days(event: Row) -> str:
    first, last = (str(event[k])[:10] if event[k] else None for k in ("date_from", "date_to"))
    if first is None:
        return "unknown"
    return (first if first == last else f"{first} to {last}") + f" ({event['date_precision']})"


def _range(low: Any, high: Any) -> str:
    if low is None and high is None:
        return "not said"
    if low == high:
        return str(low)
    return f"at least {low}" if high is None else f"up to {high}" if low is None else f"{low} to {high}"


def _line(words: Any) -> str:
    """Keep hostile text on one line, without control characters, HTML and links."""
    plain = "".join(c if c.isprintable() else " " for c in str(words or "")).strip()
    return plain.replace("<", "\\<").replace("[", "\\[")
