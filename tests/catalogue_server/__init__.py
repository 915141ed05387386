"""A catalogue of open data in two pages, for tests that read it over real HTTP."""
