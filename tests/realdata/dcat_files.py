"""The catalogues of the test data, each read once by all tests of a run."""

from functools import cache
from pathlib import Path

from dreiklang.core.rdf import ReadRdf, read_rdf
from dreiklang.monitoring.rules.dcat.reading import ReadCatalogue, read_catalogue
from dreiklang.monitoring.rules.dcat.upgrade import Upgraded, upgraded
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "catalogues"
ROSTOCK = DATA / "catalogues" / "rostock-catalog-original-input.rdf"
ONE_DATASET = DATA / "catalogues" / "rostock-catalog-dataset-extracted.rdf"
_GERMAN = DATA / "dcat-ap-de-2.0-cc-by"
EXAMPLES = {
    path.name: path
    for path in sorted(
        [
            *_GERMAN.glob("*.ttl"),
            *_GERMAN.glob("examples/*/*.ttl"),
            *_GERMAN.glob("examples/*/*.rdf"),
            *_GERMAN.glob("examples/*/*.jsonld"),
            *_GERMAN.glob("examples/*/other/*.rdf"),
            ONE_DATASET,
        ]
    )
    if path.exists()
}


@cache
def rdf_of(path: Path) -> ReadRdf:
    return read_rdf(path.read_bytes(), skip_preface=True)


@cache
def catalogue_of(path: Path) -> ReadCatalogue:
    return read_catalogue(rdf_of(path).triples)


@cache
def upgraded_of(path: Path) -> Upgraded:
    return upgraded(catalogue_of(path), lists=shipped_vocabularies())
