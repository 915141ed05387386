# What a list, a filter and a picture call findings of the kind "content" now also fits neighbours with something alike.

import dreiklang.conflicts.rules.kinds
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conflicts", "0005_thresholds_of_what_was_found"),
    ]

    operations = [
        migrations.AlterField(
            model_name="foundfact",
            name="kind",
            field=models.CharField(
                choices=[
                    (dreiklang.conflicts.rules.kinds.Kind["PLACE_AND_TIME"], "gleicher Ort, gleiche Zeit"),
                    (dreiklang.conflicts.rules.kinds.Kind["EFFECT"], "gegensätzliche Wirkung"),
                    (dreiklang.conflicts.rules.kinds.Kind["CONTENT"], "ähnlicher Inhalt"),
                    (dreiklang.conflicts.rules.kinds.Kind["ORDER"], "Reihenfolge"),
                    (dreiklang.conflicts.rules.kinds.Kind["MONEY"], "gleiches Geld"),
                    (dreiklang.conflicts.rules.kinds.Kind["PEOPLE"], "gleiche Leute"),
                ],
                max_length=12,
            ),
        ),
    ]
