"""RDF: files from outside as triples, triples of ours as files.

read_rdf(content, base=, form=, skip_preface=) → ReadRdf(triples, form); rdflib runs in a child only
as_turtle · as_rdfxml · as_jsonld (triples, prefixes=) → pieces of text, written as the triples come
"""

from .jsonld import as_jsonld
from .rdfxml import CannotWrite, as_rdfxml
from .read import NO_BASE, CannotReadRdf, Form, RdfLimits, ReadRdf, form_of, read_rdf
from .triples import RDF, TYPE, XSD, Blank, Iri, Literal, Subject, Term, Triple, clean_iri
from .turtle import as_turtle

__all__ = [
    "NO_BASE",
    "RDF",
    "TYPE",
    "XSD",
    "Blank",
    "CannotReadRdf",
    "CannotWrite",
    "Form",
    "Iri",
    "Literal",
    "RdfLimits",
    "ReadRdf",
    "Subject",
    "Term",
    "Triple",
    "as_jsonld",
    "as_rdfxml",
    "as_turtle",
    "clean_iri",
    "form_of",
    "read_rdf",
]
