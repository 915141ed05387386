"""The order in which people read numbers, for the database. In Python: `goals.rules.natural`."""

from django.db import models


class NaturalKey(models.Func):
    """Every run of digits padded to ten, so that V-9 stands before V-10."""

    template = (
        "regexp_replace(regexp_replace(%(expressions)s, '(\\d+)', '0000000000\\1', 'g'), "
        "'0*(\\d{10})', '\\1', 'g')"
    )
    output_field = models.TextField()
