"""What every later migration counts on: four extensions and the sort key."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    CreateExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

SORT_KEY = """
CREATE OR REPLACE FUNCTION public.sort_key(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, lower($1)) $$
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        CreateExtension("cube"),
        UnaccentExtension(),
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION public.sort_key(text)"),
    ]
