"""Which place a name means, whether it is meant literally, and how exactly."""
