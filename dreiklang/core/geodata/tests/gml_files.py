"""GML as tests need it: a collection with features of one kind, and plans as XPlanung writes them."""

WFS = "http://www.opengis.net/wfs/2.0"
GML = "http://www.opengis.net/gml/3.2"
# A hundred metres by a hundred, in UTM 33.
RING = "352000 5630000 352100 5630000 352100 5630100 352000 5630100 352000 5630000"
POLYGON = (
    f'<gml:Polygon srsName="EPSG:25833"><gml:exterior><gml:LinearRing><gml:posList>{RING}</gml:posList>'
    "</gml:LinearRing></gml:exterior></gml:Polygon>"
)


def collection(*geometries: str, envelope: str = "", gml: str = GML) -> bytes:
    """A WFS answer with one feature a geometry: nummer, name, lage."""
    box = f'<gml:boundedBy><gml:Envelope srsName="{envelope}"/></gml:boundedBy>' if envelope else ""
    members = "".join(
        f'<wfs:member><a:Ort gml:id="o{at}"><a:nummer>V-{at}</a:nummer><a:name>Ort {at}</a:name>'
        f"<a:lage>{one}</a:lage></a:Ort></wfs:member>"
        for at, one in enumerate(geometries, start=1)
    )
    return (
        f'<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="{WFS}" xmlns:gml="{gml}" xmlns:a="urn:a">'
        f"{box}{members}</wfs:FeatureCollection>"
    ).encode()


def plan(
    properties: str = "<x:name>Am Anger</x:name><x:nummer>12</x:nummer>",
    *,
    kind: str = "BP_Plan",
    geometry: str = POLYGON,
    version: str = "5/3",
    envelope: str = "EPSG:25833",
) -> bytes:
    """An XPlanAuszug with one plan and one object that is no plan."""
    return (
        f'<x:XPlanAuszug xmlns:x="http://www.xplanung.de/xplangml/{version}" xmlns:gml="{GML}">'
        f'<gml:boundedBy><gml:Envelope srsName="{envelope}"/></gml:boundedBy>'
        f'<gml:featureMember><x:{kind} gml:id="p1">{properties}'
        f"<x:raeumlicherGeltungsbereich>{geometry}</x:raeumlicherGeltungsbereich></x:{kind}></gml:featureMember>"
        f'<gml:featureMember><x:BP_Bereich gml:id="b1"><x:nummer>1</x:nummer></x:BP_Bereich></gml:featureMember>'
        "</x:XPlanAuszug>"
    ).encode()
