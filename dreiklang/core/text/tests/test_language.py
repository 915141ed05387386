from django.utils import translation
from django.utils.translation import gettext_lazy

from dreiklang.core.text import german


def test_a_label_is_german_for_lists_even_while_somebody_reads_english() -> None:
    label = gettext_lazy("verzögert")

    with translation.override("en"):
        shown, read = str(label), german(label)

    assert (shown, read) == ("delayed", "verzögert")
