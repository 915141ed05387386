"""Benchmarks, each against a named reference in the same run (docs/operate/speed.md)."""
