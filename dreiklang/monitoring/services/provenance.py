"""Where values come from, as it is kept with them: who publishes, in which table, in which file."""

import zlib
from collections.abc import Mapping

from dreiklang.monitoring.models import Dataset, Provider, Quantity, SourceFile
from dreiklang.monitoring.rules.shipped import known_providers

# The city itself, as a publisher of its own lists.
OWN = "stadt"


def kept_dataset(*, provider: str, code: str, title: str) -> Dataset:
    """The table of that name, made where there is none, locked: two deliveries of one table wait for each other."""
    dataset = _dataset(kept_provider(key=provider), code, title)
    return Dataset.objects.select_for_update(no_key=True).get(pk=dataset.pk)


def list_dataset(*, city: str, code: str, title: str) -> Dataset:
    """The city's own list of that name, made where there is none.

    All its lists wait for each other here: each may bring values for what came in another one, so no order of their
    own tables would keep them apart.
    """
    kept_provider(key=OWN, name=city)
    return _dataset(Provider.objects.select_for_update(no_key=True).get(key=OWN), code, title)


def _dataset(publisher: Provider, code: str, title: str) -> Dataset:
    return Dataset.objects.get_or_create(
        provider=publisher, code=code, defaults={"title": title[:500] or code}
    )[0]


def kept_provider(*, key: str, name: str = "") -> Provider:
    """The publisher, made where there is none: under the name that came with the software, or the one given."""
    known = known_providers().get(key)
    facts = {"name": known.name, "homepage": known.homepage} if known else {"name": name or key}
    return Provider.objects.get_or_create(key=key, defaults=facts)[0]


def remember_state(dataset: Dataset, state_words: str) -> None:
    """What the source said of its own state: next time it is asked for what is newer."""
    if state_words and dataset.state_words != state_words:
        dataset.state_words = state_words
        dataset.save(update_fields=["state_words"])


def remember_decimals(decimals: Mapping[int, int]) -> None:
    """With how many digits behind the comma quantities come, by their ids; never fewer than before."""
    known = Quantity.objects.filter(pk__in=decimals).only("pk", "decimals")
    finer = [one for one in known if decimals[one.pk] > one.decimals]
    for one in finer:
        one.decimals = decimals[one.pk]
    Quantity.objects.bulk_update(finer, ["decimals"], batch_size=500)


def kept_file(*, name: str, content: bytes, sha256: str) -> SourceFile:
    """The file whole, once, however often it is delivered."""
    known = SourceFile.objects.filter(sha256=sha256).only("pk").first()
    return known or SourceFile.objects.create(
        sha256=sha256, name=name[:255], size=len(content), content=zlib.compress(content, level=6)
    )
