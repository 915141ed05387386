"""Catalogues of data by DCAT-AP.de: read as values, brought to 3.0, written as triples."""
