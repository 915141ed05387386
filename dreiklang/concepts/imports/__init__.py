"""Lists of sector plans and formal plans."""
