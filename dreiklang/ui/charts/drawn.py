"""Pictures that were drawn before, by what is in them: in the memory of the process, and in files for all others.

Files outlive a restart and serve every process; a picture is never out of date, because its name is its content.
"""

import logging
import pickle
import zlib

from django.core.cache import cache, caches

logger = logging.getLogger(__name__)
FILES = "pictures"
_KEPT_SECONDS = 7 * 24 * 3600


def drawn(key: str) -> str:
    """The picture; empty text where nobody drew it or it was thrown away. Without a statement to the database."""
    found = cache.get(_name(key))
    if found is None and (found := _in_file(key)):
        cache.set(_name(key), found, _KEPT_SECONDS)
    return str(found or "")


def keep_drawn(key: str, picture: str) -> None:
    """Keep it for whoever asks next. Without a folder to write to it is kept for this process alone."""
    cache.set(_name(key), picture, _KEPT_SECONDS)
    try:
        caches[FILES].set(_name(key), picture)
    except OSError as problem:
        logger.warning("a drawn chart stays in memory only: %s", problem)


def _in_file(key: str) -> str | None:
    try:
        found: str | None = caches[FILES].get(_name(key))
    except (OSError, EOFError, ValueError, pickle.UnpicklingError, zlib.error) as problem:
        logger.warning("a kept chart cannot be read and is drawn again: %s", problem)
        return None
    return found


def _name(key: str) -> str:
    return f"chart:{key}"
