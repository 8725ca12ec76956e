"""Broken input on purpose: `python -m benchmarks.fuzz` mutates good files until something gives."""
