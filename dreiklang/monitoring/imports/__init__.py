"""How values and catalogues come in from files and services."""
