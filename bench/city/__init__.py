"""A generated city, the same for the same size on the same day, to measure on. Not the demo town."""

from datetime import date

from django.db import connection, transaction

from bench.city.frame import Frame, fill_frame
from bench.city.measures import fill_measures

__all__ = ["Frame", "fill"]


def fill(*, measures: int, today: date, round_due_in_days: int = 20) -> Frame:
    """Fills a migrated, empty database with a city of that many measures.

    The frame (people, areas, goals, concepts) has always the same size, and measure n is the same
    measure in every city, so that pages of cities of different size show the same things. History
    triggers are switched off meanwhile: they would only make the filling slow.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        frame = fill_frame(today=today, round_due_in_days=round_due_in_days)
        fill_measures(frame, number=measures, today=today)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return frame
