import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# Of deliveries from before: what they said of values that have another one now lies in the history, a count that was
# hidden in that of the counts. What they found as it was nobody wrote down; that begins with this version.
STATEMENTS = """
WITH past AS (
    SELECT DISTINCT ON (pgh_obj_id, delivery_id) *
    FROM monitoring_observationhistoryevent
    WHERE state <> 'withdrawn'
    ORDER BY pgh_obj_id, delivery_id, pgh_id DESC
)
INSERT INTO monitoring_heldvalue (
    delivery_id, quantity_id, region_id, breakdown_id, kind, scenario, made_on, starts_on, ends_on, time_code,
    value, mark, meaning, words, "row"
)
SELECT past.delivery_id, past.quantity_id, past.region_id, past.breakdown_id, past.kind, past.scenario, past.made_on,
       past.starts_on, past.ends_on, past.time_code, COALESCE(past.value, behind.value), past.mark, past.meaning,
       COALESCE(behind.words, past.words), past."row"
FROM past
JOIN monitoring_observation AS there ON there.id = past.pgh_obj_id AND there.delivery_id <> past.delivery_id
JOIN monitoring_delivery AS bringer ON bringer.id = past.delivery_id
LEFT JOIN LATERAL (
    (SELECT value, words FROM monitoring_confidentialvaluehistoryevent
     WHERE pgh_obj_id = past.pgh_obj_id AND pgh_created_at >= past.pgh_created_at ORDER BY pgh_id LIMIT 1)
    UNION ALL
    SELECT value, words FROM monitoring_confidentialvalue WHERE observation_id = past.pgh_obj_id
    LIMIT 1
) AS behind ON past.state IN ('suppressed', 'suppressed_secondary')
WHERE past.value IS NOT NULL OR behind.value IS NOT NULL OR past.mark <> ''
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0009_deliveries_know_their_quantities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "observation_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="Bestätigte Werte"
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed",
                        to="monitoring.delivery",
                    ),
                ),
                (
                    "quantity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitoring.quantity",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delivery", "quantity"), name="confirmed_once_per_delivery"
                    )
                ],
            },
        ),
        migrations.RunSQL(STATEMENTS, migrations.RunSQL.noop),
    ]
