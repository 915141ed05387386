"""Short ways to say triples in the tests of the catalogue's rules."""

import rdflib

from dreiklang.core.rdf import Triple
from dreiklang.core.rdf.child import _said
from dreiklang.core.rdf.read import _subject, _term
from dreiklang.monitoring.rules.dcat.reading import ReadCatalogue, read_catalogue
from dreiklang.monitoring.rules.dcat.upgrade import Upgraded, upgraded
from dreiklang.monitoring.rules.dcat.values import Dataset
from dreiklang.monitoring.rules.dcat.vocabulary import PREFIXES, shipped_vocabularies

HEAD = "".join(f"@prefix {short}: <{namespace}> .\n" for short, namespace in PREFIXES.items())
HEAD += "@prefix schema: <http://schema.org/> .\n@prefix dc: <http://purl.org/dc/elements/1.1/> .\n"
HEAD += "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n@prefix : <https://stadt.example/> .\n"


def triples(turtle: str | bytes, form: str = "turtle") -> tuple[Triple, ...]:
    """Read in this process: a child for each test would take minutes."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        text = HEAD + turtle if isinstance(turtle, str) else turtle.decode()
        graph = rdflib.Graph().parse(data=text, format=form)
    finally:
        rdflib.NORMALIZE_LITERALS = before
    return tuple(Triple(_subject(_said(s)), str(p), _term(_said(o))) for s, p, o in graph)


def read(turtle: str) -> ReadCatalogue:
    return read_catalogue(triples(turtle))


def dataset(said: str) -> Dataset:
    """One dataset, `said` beside its type, as 3.0 says it."""
    return brought(said).value.datasets[0]


def brought(said: str) -> Upgraded:
    return upgraded(read(f":d a dcat:Dataset ; {said} ."), lists=shipped_vocabularies())
