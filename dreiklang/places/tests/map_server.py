"""A map service for tests: it answers on this machine as real ones do, well or badly."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

PNG = b"\x89PNG\r\n\x1a\n and the rest"
PAGE = b"<!DOCTYPE html><html><head><title>Geoportal</title></head><body>Willkommen</body></html>"
EXCEPTION = b"""<?xml version="1.0"?><ServiceExceptionReport version="1.3.0" xmlns="http://www.opengis.net/ogc">
<ServiceException code="LayerNotDefined">Die Ebene gibt es nicht.</ServiceException></ServiceExceptionReport>"""
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE WMS_Capabilities [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<WMS_Capabilities version="1.3.0"><Service><Title>&b;</Title></Service></WMS_Capabilities>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE WMS_Capabilities [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<WMS_Capabilities version="1.3.0"><Service><Title>&a;</Title></Service></WMS_Capabilities>"""
WFS = b"""<WFS_Capabilities xmlns="http://www.opengis.net/wfs/2.0" version="2.0.0"/>"""
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'

WMS_130 = f"""<?xml version="1.0" encoding="UTF-8"?>
<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" {XLINK}>
<Service><Name>WMS</Name><Title>Stadtplanwerk</Title></Service>
<Capability><Request><GetMap><Format>image/png</Format><Format>image/jpeg</Format><Format>application/pdf</Format>
<DCPType><HTTP><Get><OnlineResource xlink:href="OTHER"/></Get></HTTP></DCPType></GetMap></Request>
<Layer><Title>Alles</Title><CRS>EPSG:25833</CRS><CRS>EPSG:3857</CRS><CRS>CRS:84</CRS>
<EX_GeographicBoundingBox><westBoundLongitude>12.9</westBoundLongitude><eastBoundLongitude>13.1</eastBoundLongitude>
<southBoundLatitude>50.9</southBoundLatitude><northBoundLatitude>51.1</northBoundLatitude></EX_GeographicBoundingBox>
<Attribution><Title>Vermessungsamt</Title><OnlineResource xlink:href="https://stadt.example/geo"/></Attribution>
<Layer><Name>stadtplan</Name><Title>Stadtplan</Title><CRS>EPSG:4326</CRS></Layer>
<Layer><Name>laerm</Name><Title>Lärm</Title></Layer>
<Layer><Title>Historisch</Title><Layer><Name>alt</Name></Layer></Layer></Layer></Capability></WMS_Capabilities>"""

# As old servers answer, with the document type that 1.1.1 prescribes.
WMS_111 = f"""<?xml version="1.0"?>
<!DOCTYPE WMT_MS_Capabilities SYSTEM "http://schemas.opengis.net/wms/1.1.1/WMS_MS_Capabilities.dtd"
 [ <!ELEMENT VendorSpecificCapabilities EMPTY> ]>
<WMT_MS_Capabilities version="1.1.1"><Service><Name>OGC:WMS</Name><Title>Altes Stadtplanwerk</Title></Service>
<Capability><Request><GetMap><Format>image/png</Format>
<DCPType><HTTP><Get><OnlineResource {XLINK} xlink:href="OTHER"/></Get></HTTP></DCPType></GetMap></Request>
<Layer><Title>Alles</Title><SRS>EPSG:31468 EPSG:4326</SRS><LatLonBoundingBox minx="12.9" miny="50.9" maxx="13.1" maxy="51.1"/>
<Layer><Name>stadtplan</Name><Title>Stadtplan</Title></Layer></Layer></Capability></WMT_MS_Capabilities>"""

OWS = 'xmlns:ows="http://www.opengis.net/ows/1.1" ' + XLINK
WMTS = f"""<?xml version="1.0"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" {OWS} version="1.0.0">
<ows:ServiceIdentification><ows:Title>Kacheln der Stadt</ows:Title></ows:ServiceIdentification>
<ows:OperationsMetadata><ows:Operation name="GetTile"><ows:DCP><ows:HTTP><ows:Get xlink:href="BASE/tiles?">
<ows:Constraint name="GetEncoding"><ows:AllowedValues><ows:Value>KVP</ows:Value></ows:AllowedValues></ows:Constraint>
</ows:Get></ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata>
<Contents><Layer><ows:Title>Plan</ows:Title><ows:WGS84BoundingBox><ows:LowerCorner>5.9 47.2</ows:LowerCorner>
<ows:UpperCorner>15.1 55.1</ows:UpperCorner></ows:WGS84BoundingBox><ows:Identifier>plan</ows:Identifier>
<Style><ows:Identifier>grau</ows:Identifier></Style>
<Style isDefault="true"><ows:Identifier>farbe</ows:Identifier></Style><Format>image/png</Format>
<Dimension><ows:Identifier>Time</ows:Identifier><Default>2026</Default></Dimension>
<TileMatrixSetLink><TileMatrixSet>utm33</TileMatrixSet></TileMatrixSetLink>
<TileMatrixSetLink><TileMatrixSet>alt</TileMatrixSet></TileMatrixSetLink>
<TileMatrixSetLink><TileMatrixSet>grad</TileMatrixSet></TileMatrixSetLink>RESOURCE</Layer>
<TileMatrixSet><ows:Identifier>utm33</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::25833</ows:SupportedCRS>
<TileMatrix><ows:Identifier>1</ows:Identifier><ScaleDenominator>14285.714286</ScaleDenominator>
<TopLeftCorner>-46133.17 6301219.54</TopLeftCorner><TileWidth>256</TileWidth><TileHeight>256</TileHeight>
<MatrixWidth>2000</MatrixWidth><MatrixHeight>2000</MatrixHeight></TileMatrix>
<TileMatrix><ows:Identifier>0</ows:Identifier><ScaleDenominator>28571.428571</ScaleDenominator>
<TopLeftCorner>-46133.17 6301219.54</TopLeftCorner><TileWidth>256</TileWidth><TileHeight>256</TileHeight>
<MatrixWidth>1000</MatrixWidth><MatrixHeight>1000</MatrixHeight></TileMatrix></TileMatrixSet>
<TileMatrixSet><ows:Identifier>alt</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::31468</ows:SupportedCRS>
</TileMatrixSet>
<TileMatrixSet><ows:Identifier>grad</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::4326</ows:SupportedCRS>
<TileMatrix><ows:Identifier>0</ows:Identifier><ScaleDenominator>279541132.014358</ScaleDenominator>
<TopLeftCorner>90 -180</TopLeftCorner><TileWidth>256</TileWidth><TileHeight>256</TileHeight>
<MatrixWidth>2</MatrixWidth><MatrixHeight>1</MatrixHeight></TileMatrix></TileMatrixSet></Contents></Capabilities>"""
RESOURCE = (
    '<ResourceURL format="image/png" resourceType="tile" '
    'template="BASE/t/{Style}/{Time}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png"/>'
)


@dataclass
class MapServer:
    """What the server gives by the REQUEST it is asked; `asked` are all addresses in order."""

    base: str = ""
    wms: bytes = b""
    wmts: bytes = b""
    picture: bytes = PNG
    status: int = 200
    picture_status: int = 200
    location: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, bytes]:
        self.asked.append(path)
        query = {name.upper(): value for name, value in parse_qsl(urlsplit(path).query)}
        is_document = query.get("REQUEST") == "GetCapabilities" or path.endswith(".xml")
        if not is_document:
            return self.picture_status, self.picture
        content = self.wmts if query.get("SERVICE") == "WMTS" or path.endswith(".xml") else self.wms
        return self.status, content or PAGE

    def last(self) -> dict[str, str]:
        """The parameters of the last question."""
        return dict(parse_qsl(urlsplit(self.asked[-1]).query, keep_blank_values=True))


@contextmanager
def map_server(*, wms: str | bytes = b"", wmts: str | bytes = b"", **answers: Any) -> Iterator[MapServer]:
    """A running server; OTHER, BASE and RESOURCE in its documents are filled in."""
    served = MapServer(**answers)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content = served.answer(self.path)
            self.send_response(status)
            if served.location:
                self.send_header("Location", served.location)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.base = f"http://127.0.0.1:{server.server_address[1]}"
    served.wms, served.wmts = (_filled(text, served.base) for text in (wms, wmts))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _filled(text: str | bytes, base: str) -> bytes:
    if isinstance(text, bytes):
        return text
    return text.replace("RESOURCE", "").replace("BASE", base).replace("OTHER", f"{base}/other").encode()
