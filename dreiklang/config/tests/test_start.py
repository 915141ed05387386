import socket
from pathlib import Path

import pytest

from dreiklang.config import start


def test_taken_port_is_named_with_a_free_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(start.CannotStart, match=f"--port {port + 1}"):
            start.refuse_taken_port(host="127.0.0.1", port=port)


def test_state_is_kept_between_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DREIKLANG_DATA", str(tmp_path))

    start.write_state(migrations="a")
    start.write_state(town="Klarenbrück")

    assert start.read_state() == {"migrations": "a", "town": "Klarenbrück"}


def test_secret_key_is_made_once_and_for_nobody_else(tmp_path: Path) -> None:
    key = start._secret_key(tmp_path)

    assert len(key) >= 50
    assert start._secret_key(tmp_path) == key
    assert (tmp_path / start.SECRET).stat().st_mode & 0o777 == 0o600
