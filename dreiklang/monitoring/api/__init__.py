"""What is public of monitoring as data under /api/v1/; one file per topic, listed in `config/api.py`."""
