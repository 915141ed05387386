"""How indicators are reckoned: pure, without a database. docs/rules holds worked numbers for each file."""
