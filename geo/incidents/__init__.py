"""Which events of different reports are one incident."""

from geo.incidents.summarise import find_incidents

__all__ = ["find_incidents"]
