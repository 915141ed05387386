"""Kinds of lists were written with underscores here and with hyphens there; now all of them have hyphens."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Value
from django.db.models.functions import Replace


def write_hyphens(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    """Rename the kinds of what was kept: mappings, sources with their runs, files between upload and import."""
    for name in ("Mapping", "Source", "Upload"):
        rows = apps.get_model("core", name).objects.filter(kind__contains="_")
        rows.update(kind=Replace(F("kind"), Value("_"), Value("-")))


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_text_vectors"),
    ]

    operations = [
        migrations.RunPython(write_hyphens, migrations.RunPython.noop),
    ]
