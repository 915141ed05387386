"""Pages of monitoring, one file per topic; `value_words` says values, differences and trends alike everywhere."""
