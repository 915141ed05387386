"""Pages of conflicts."""
