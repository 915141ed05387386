"""A service with features for tests: it answers on this machine as real ones do, well or badly."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# What an answer is: status, kind, content. The address that was asked is given, with its question.
Reply = tuple[int, str, bytes]
JSON, XML, HTML = "application/geo+json", "text/xml", "text/html"
PAGE = b"<!DOCTYPE html><html><body>Willkommen im Geoportal</body></html>"
EXCEPTION = b'<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:Exception><ows:ExceptionText>Ebene gesperrt</ows:ExceptionText></ows:Exception></ows:ExceptionReport>'


def capabilities(*names: str, json_format: str = "application/json", version: str = "2.0.0") -> bytes:
    """What a WFS says of itself."""
    layers = "".join(
        f"<FeatureType><Name>stadt:{name}</Name><Title>Ebene {name}</Title><DefaultCRS>urn:ogc:def:crs:EPSG::25833"
        "</DefaultCRS></FeatureType>"
        for name in names
    )
    formats = "".join(
        f"<ows:Value>{one}</ows:Value>" for one in ("application/gml+xml; version=3.2", json_format) if one
    )
    return (
        f'<WFS_Capabilities version="{version}" xmlns="http://www.opengis.net/wfs/2.0" xmlns:ows="http://www.opengis.net/ows/1.1">'
        f'<ows:OperationsMetadata><ows:Operation name="GetFeature"><ows:Parameter name="outputFormat"><ows:AllowedValues>{formats}'
        f"</ows:AllowedValues></ows:Parameter></ows:Operation></ows:OperationsMetadata><FeatureTypeList>{layers}</FeatureTypeList>"
        "</WFS_Capabilities>"
    ).encode()


def features(*numbers: str, next_page: str = "", **more: Any) -> bytes:
    """A page of GeoJSON with a point for each number."""
    links = [{"rel": "next", "href": next_page, "type": JSON}] if next_page else []
    found = [
        {
            "type": "Feature",
            "properties": {"nummer": one},
            "geometry": {"type": "Point", "coordinates": [13, 51]},
        }
        for one in numbers
    ]
    return json.dumps({"type": "FeatureCollection", "features": found, "links": links, **more}).encode()


@contextmanager
def serving(replies: Mapping[str, Reply] | Callable[[str], Reply]) -> Iterator[tuple[str, list[str]]]:
    """The address of the service and what it was asked. `replies` by the beginning of path and question."""
    asked: list[str] = []

    def reply(path: str) -> Reply:
        if callable(replies):
            return replies(path)
        found = [key for key in replies if path.startswith(key)]
        return replies[max(found, key=len)] if found else (404, "text/plain", b"nichts")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, kind, content = reply(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
