"""The actor registry: who acts, suffers and speaks, on which side and when.

The knowledge lies in geo/data: actors.csv, media.csv, institutions.csv, demonyms.csv, sides.csv,
theatres.csv, descriptors.csv and allegiances.csv; each says in its header what its columns mean.

Errors: `LexiconError` for a bad row, with file and line; `UnknownActorError` for an id that is not there.
"""

from geo.actors.names import ActorMatch
from geo.actors.records import Actor, Allegiance, Country, Descriptor, Institution, Side, UnknownActorError
from geo.actors.registry import Registry, registry

__all__ = [
    "Actor",
    "ActorMatch",
    "Allegiance",
    "Country",
    "Descriptor",
    "Institution",
    "Registry",
    "Side",
    "UnknownActorError",
    "registry",
]
