"""What can happen to papers, checks and resolutions."""
