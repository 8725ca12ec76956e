"""Which events of different reports are one incident.

`find_incidents` makes the incidents of a project, `relink` renews those that new events touch, `copies`
tells which reports repeat another's text.
"""

from geo.incidents.copies import copies
from geo.incidents.find import find_incidents, relink

__all__ = ["copies", "find_incidents", "relink"]
