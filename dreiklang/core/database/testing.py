"""For pytest (`-p dreiklang.core.database.testing`): sends the tests to a throw-away cluster of their own.

Loaded as a plugin, because pytest-django reads the settings before it reads conftest.py. Nothing starts here.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from dreiklang.core.database.account import can_enter, server_account

REPOSITORY = Path(__file__).resolve().parents[3]


def data_dir_for_tests() -> Path:
    """var/test-postgres in the checkout; where the server's account cannot enter it, a temporary folder."""
    folder = REPOSITORY / "var" / "test-postgres"
    if can_enter(folder, account=server_account(cluster=folder / "postgres")) is None:
        return folder
    digest = hashlib.sha256(os.fsencode(REPOSITORY)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"dreiklang-test-{os.geteuid()}-{digest}"


os.environ.setdefault("DREIKLANG_SECRET_KEY", "only-for-tests")
# Tests log in with one step; those of the second factor ask for it themselves.
os.environ.setdefault("DREIKLANG_SECOND_FACTOR", "no")
if not os.environ.get("DATABASE_URL"):
    os.environ["DREIKLANG_DATA"] = str(data_dir_for_tests())
