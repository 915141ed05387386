"""What follows from papers, routes, checks and resolutions."""
