"""A server that stands where only the town may look, for tests of what we fetch."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def secret(answer: str = "") -> Iterator[tuple[str, list[str]]]:
    """A server inside the town's network; what it was asked. With `answer` it sends everybody there."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302 if answer else 200)
            if answer:
                self.send_header("Location", answer)
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"geheim")

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
