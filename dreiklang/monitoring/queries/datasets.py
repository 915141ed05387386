"""What is known of a dataset before it is asked for again."""

from dreiklang.monitoring.models import Dataset


def state_of_dataset(*, provider: str, code: str) -> str:
    """What its source said of its own state the last time, word for word; empty if it never came from a service."""
    found = Dataset.objects.filter(provider__key=provider, code=code).values_list("state_words", flat=True)
    return found.first() or ""
