"""How papers, meetings and resolutions come in from outside."""
