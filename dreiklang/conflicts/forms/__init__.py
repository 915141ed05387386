"""Forms of conflicts."""
