"""What an importer of geometries asks its user, where the file does not say."""

from django.utils.translation import gettext_lazy, gettext_noop

from dreiklang.core.imports.contract import OptionField

SRIDS = (
    ("", gettext_lazy("wie in der Datei")),
    ("25832", "EPSG:25832 (UTM 32)"),
    ("25833", "EPSG:25833 (UTM 33)"),
    ("4326", "EPSG:4326 (WGS 84)"),
    ("31467", "EPSG:31467 (Gauß-Krüger 3)"),
    ("31468", "EPSG:31468 (Gauß-Krüger 4)"),
    ("31469", "EPSG:31469 (Gauß-Krüger 5)"),
)
SRID_OPTION = OptionField(
    "srid",
    gettext_noop("Koordinatensystem"),
    gettext_noop("Nur wenn es nicht in der Datei steht."),
    choices=SRIDS,
    asked_first=True,
)
SWAP_OPTION = OptionField("swap", gettext_noop("Länge und Breite vertauschen"), is_flag=True)
