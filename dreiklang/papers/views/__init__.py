"""Pages of papers, meetings, checks and resolutions."""
