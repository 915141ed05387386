"""XML of services and files: read without document types and entities, so nothing outside it is ever read."""

from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import parse

from dreiklang.core.tables.table import CannotRead

# What holds the features of a collection, and what a service answers instead of one.
MEMBERS = frozenset({"featureMember", "featureMembers", "member"})
ERRORS = frozenset({"ServiceExceptionReport", "ExceptionReport"})


def read_xml(content: bytes) -> Element:
    """The root. Raises: CannotRead `broken` with `entities`, or `xml` with line and column where they are known."""
    try:
        root: Element = parse(BytesIO(content), forbid_dtd=True).getroot()
    except DefusedXmlException as refusal:
        raise CannotRead("broken", "entities") from refusal
    except ParseError as error:
        line, column = error.position
        raise CannotRead("broken", "xml", line=line, column=column + 1) from error
    except (LookupError, ValueError) as error:
        raise CannotRead("broken", "xml") from error
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
