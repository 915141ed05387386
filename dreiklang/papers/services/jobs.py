"""Names of jobs that several services leave to the worker, for `core.changes.later`."""

# Takes over what the files of papers say; carried out by `services.texts`.
READ_TEXTS = "papers_read_texts"
