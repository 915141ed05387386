"""What the city ruled about papers and checks, and its working days."""

from datetime import date

from dreiklang.measures.queries import workday_counter
from dreiklang.papers.models import PaperSettings


def paper_settings() -> PaperSettings:
    """What the city ruled; the defaults before anybody did."""
    return PaperSettings.objects.order_by("pk").first() or PaperSettings()


def release_wanted_on(committee_on: date | None) -> date | None:
    """The day a check should be released by for that meeting; None without one."""
    if committee_on is None:
        return None
    return workday_counter()(committee_on, -paper_settings().lead_time_workdays)
