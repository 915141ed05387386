"""What can be asked about papers, their route, checks and resolutions, and who may see it."""
