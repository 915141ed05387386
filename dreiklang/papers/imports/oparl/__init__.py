"""Council systems by OParl, or folders of their objects: `run.sync` reads one, `downloads.fetch` its files."""
