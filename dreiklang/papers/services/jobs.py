"""Names of jobs that several services leave to the worker, for `core.changes.later`."""

# Takes over what the files of papers say; carried out by `services.texts`.
READ_TEXTS = "papers_read_texts"
# Proposes for one of many drafts that came by list, in turn with other long work; `services.proposals`.
PROPOSE_IN_TURN = "papers_propose_in_turn"
# Fetches files of council systems; carried out by `imports.oparl.downloads`.
FETCH_FILES = "papers_oparl_files"
