"""What is chosen for the print: a title, the scale, and which part."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dreiklang.core import text
from dreiklang.core.forms import offer
from dreiklang.portal.rules.sheet import SCALES, nearest_scale

PLACE_PARTS = 2


class SheetForm(forms.Form):
    """`ort` and `massstab` come from the map on the screen; `druck` is the scale on paper."""

    titel = forms.CharField(label=_("Überschrift"), required=False, max_length=80)
    ausschnitt = forms.ChoiceField(
        label=_("Ausschnitt"),
        required=False,
        choices=[("ganz", _("ganze Stadt")), ("bild", _("wie auf dem Bildschirm"))],
    )
    druck = forms.ChoiceField(label=_("Maßstab"), required=False)

    def __init__(self, data: QueryDict) -> None:
        said = data.copy()
        # Who comes from a part of the map means that part.
        said.setdefault("ausschnitt", "bild")
        super().__init__(said)
        scales = [(str(one), f"1 : {text.number(one)}") for one in SCALES]
        offer(self, "druck", [("", _("so groß wie möglich")), *scales])
        if not self.has_view:
            del self.fields["ausschnitt"]

    @property
    def has_view(self) -> bool:
        """Whether the map on the screen was moved, so that it has a part of its own."""
        return self._place() is not None

    @property
    def title(self) -> str:
        """What was written, without what no sheet has room for."""
        return str(self.data.get("titel", "")).strip()[:80]

    @property
    def middle(self) -> tuple[float, float] | None:
        """Longitude and latitude of the middle; None for the whole city."""
        return self._place() if self.data.get("ausschnitt") == "bild" else None

    @property
    def scale(self) -> int | None:
        """1 : n as chosen, or as on the screen; None for as large as fits."""
        chosen = self.data.get("druck", "")
        if chosen in {str(one) for one in SCALES}:
            return int(chosen)
        seen = str(self.data.get("massstab", ""))
        is_part = self.middle is not None
        return (
            nearest_scale(int(seen))
            if is_part and seen.isascii() and seen.isdigit() and len(seen) < 8
            else None
        )

    def _place(self) -> tuple[float, float] | None:
        """`ort` holds latitude, longitude, as people say it."""
        parts = str(self.data.get("ort", "")).split(",")
        try:
            numbers = [float(one) for one in parts]
        except ValueError:
            return None
        if len(numbers) != PLACE_PARTS or not (abs(numbers[0]) <= 85 and abs(numbers[1]) <= 180):
            return None
        return numbers[1], numbers[0]
