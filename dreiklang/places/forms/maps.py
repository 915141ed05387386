"""Forms for the map services of others and for who may embed our map."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.core.forms import KeptForm, offer
from dreiklang.places.models import ROLE_LABELS
from dreiklang.places.queries import MapServiceRow
from dreiklang.places.rules.map_offers import Offer, Wish
from dreiklang.places.rules.map_services import (
    FORMATS,
    HIGHEST_ZOOM,
    SYSTEMS,
    MapRole,
    bare_address,
    preferred,
)
from dreiklang.places.services import MapDraft
from dreiklang.ui.middleware import EVERY_SITE, origin

SYSTEM_LABELS = {
    "EPSG:25832": "EPSG:25832 (UTM 32)",
    "EPSG:25833": "EPSG:25833 (UTM 33)",
    "EPSG:3857": _("EPSG:3857 (Web-Mercator)"),
    "EPSG:4326": _("EPSG:4326 (Länge und Breite)"),
}
FORMAT_LABELS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WebP"}
_AUTOMATIC = ("", _("wählt Dreiklang"))


class AddressForm(forms.Form):
    """Where the service is: all we need to ask it what it offers."""

    address = forms.CharField(
        label=_("Adresse des Dienstes"),
        max_length=1000,
        help_text=_("Beginnt mit https://. Angaben wie SERVICE oder REQUEST dürfen dabeistehen."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )


class MapServiceForm(AddressForm, KeptForm):
    """What to show of a service. What can be chosen comes from the service itself, or from what is kept of it."""

    layers = forms.MultipleChoiceField(
        label=pgettext_lazy("Kartendienst", "Ebenen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Bitte wählen Sie mindestens eine Ebene.")},
    )
    role = forms.ChoiceField(
        label=_("Verwendung"),
        choices=list(ROLE_LABELS.items()),
        widget=forms.RadioSelect,
        initial=MapRole.BASE,
    )
    title = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("So heißt die Karte in der Auswahl. Zum Beispiel Stadtplan."),
    )
    attribution = forms.CharField(
        label=_("Quellenangabe"),
        max_length=300,
        help_text=_("Steht immer auf der Karte. Den Wortlaut schreibt die Lizenz des Dienstes vor."),
    )
    attribution_url = forms.URLField(
        label=_("Adresse zur Quellenangabe"), max_length=500, required=False, assume_scheme="https"
    )
    crs = forms.ChoiceField(label=_("Koordinatensystem"), required=False)
    image_format = forms.ChoiceField(
        label=_("Bildformat"),
        required=False,
        help_text=_("PNG für Pläne, JPEG für Luftbilder."),
    )
    min_zoom = forms.IntegerField(
        label=_("Sichtbar ab Zoomstufe"),
        required=False,
        min_value=0,
        max_value=HIGHEST_ZOOM,
        help_text=_("0 zeigt die ganze Welt, 12 eine Stadt, 18 ein Haus. Leer: immer."),
    )
    max_zoom = forms.IntegerField(
        label=_("Sichtbar bis Zoomstufe"), required=False, min_value=0, max_value=HIGHEST_ZOOM
    )
    is_active = forms.BooleanField(label=_("Auf der Karte anbieten"), required=False, initial=True)

    def __init__(self, *args: Any, row: MapServiceRow | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        named = self._said("layers")
        kept = row.layers if row else ()
        self._choose([(name, name) for name in dict.fromkeys((*kept, *named))], SYSTEMS, FORMATS)

    def offer(self, found: Offer) -> None:
        """Let the person choose among what the service offers now."""
        layers = [
            (one.name, one.title if one.title == one.name else f"{one.title} ({one.name})")
            for one in found.layers
        ]
        self._choose(layers, preferred(found.systems, SYSTEMS), preferred(found.formats, FORMATS))

    def asks_otherwise(self, row: MapServiceRow) -> bool:
        """Whether what is entered would ask the service for something else than what is kept of it."""
        address, crs, image_format = (
            "".join(self._said(name)) for name in ("address", "crs", "image_format")
        )
        said = (bare_address(address), tuple(self._said("layers")), crs, image_format)
        return said != (row.address, row.layers, row.crs, row.image_format)

    def wish(self) -> Wish:
        """What was chosen of the service."""
        said = self.cleaned_data
        return Wish(MapRole(said["role"]), tuple(said["layers"]), said["crs"], said["image_format"])

    def draft(self) -> MapDraft:
        """What the person says of the service."""
        said = self.cleaned_data
        names = ("title", "attribution", "attribution_url", "min_zoom", "max_zoom", "is_active")
        return MapDraft(role=MapRole(said["role"]), **{name: said[name] for name in names})

    def _said(self, name: str) -> list[str]:
        """What was sent under a name, before anything is checked."""
        data: Any = self.data
        return list(data.getlist(name)) if self.is_bound else []

    def _choose(
        self, layers: Iterable[tuple[str, str]], systems: Iterable[str], formats: Iterable[str]
    ) -> None:
        offer(self, "layers", layers)
        offer(self, "crs", [_AUTOMATIC, *((one, SYSTEM_LABELS.get(one, one)) for one in systems)])
        offer(self, "image_format", [_AUTOMATIC, *((one, FORMAT_LABELS.get(one, one)) for one in formats)])


def proposed(found: Offer) -> dict[str, Any]:
    """What the form begins with: what the service says of itself."""
    only = found.layers[0] if len(found.layers) == 1 else None
    sources = {(one.attribution, one.attribution_url) for one in found.layers}
    attribution, attribution_url = sources.pop() if len(sources) == 1 else ("", "")
    return {
        "address": found.asked,
        "layers": [only.name] if only else [],
        "title": (only.title if only else found.title)[:80],
        "attribution": attribution[:300],
        "attribution_url": attribution_url,
        "role": MapRole.BASE,
        "is_active": True,
    }


def entered(row: MapServiceRow) -> dict[str, Any]:
    """What the form begins with for a service that is kept."""
    names = ("address", "role", "title", "attribution", "attribution_url", "crs", "image_format")
    values = {name: getattr(row, name) for name in (*names, "min_zoom", "max_zoom", "is_active")}
    return values | {"layers": list(row.layers), "version": row.saved_version}


class EmbeddingForm(forms.Form):
    """Which sites may show our map in a frame."""

    EVERYBODY, LISTED, NOBODY = "everybody", "listed", "nobody"

    who = forms.ChoiceField(
        label=_("Wer darf die Karte einbetten?"),
        widget=forms.RadioSelect,
        choices=[
            (EVERYBODY, _("Jede Website")),
            (LISTED, _("Nur diese Websites")),
            (NOBODY, _("Keine Website")),
        ],
    )
    sites = forms.CharField(
        label=_("Websites"),
        required=False,
        help_text=_("Eine Adresse je Zeile, zum Beispiel https://www.stadt.de."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        written = [one if "://" in one else f"https://{one}" for one in said.get("sites", "").split()]
        wrong = [one for one in written if not origin(one)]
        if said.get("who") == self.LISTED and (wrong or not written):
            words = (
                _("„%(site)s“ ist keine Adresse einer Website.")
                if wrong
                else _("Bitte nennen Sie mindestens eine.")
            )
            self.add_error("sites", words % {"site": wrong[0]} if wrong else words)
        said["named"] = list(dict.fromkeys(origin(one) for one in written if origin(one)))
        return said

    def chosen(self) -> list[str]:
        """The sites as they are kept."""
        who = self.cleaned_data["who"]
        named: list[str] = self.cleaned_data["named"]
        return {self.EVERYBODY: [EVERY_SITE], self.NOBODY: []}.get(who, named)


def embedding_values(sites: tuple[str, ...]) -> dict[str, str]:
    """What the form begins with."""
    if EVERY_SITE in sites:
        return {"who": EmbeddingForm.EVERYBODY, "sites": ""}
    return {"who": EmbeddingForm.LISTED if sites else EmbeddingForm.NOBODY, "sites": "\n".join(sites)}
