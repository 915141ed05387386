"""Copies the named browser assets out of node_modules and writes their SHA-256 manifest.

Run by bin/vendor after `npm ci --ignore-scripts`; the result is committed, so users need no Node.
"""

import hashlib
import json
import shutil
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
MODULES = HERE / "node_modules"
MANIFEST = HERE / "manifest.json"

KERN = "@kern-ux/native"
EXPO = "@expo-google-fonts/fira-sans"
STATIC = "dreiklang/ui/static/vendor"
FONTS = "dreiklang/ui/fonts"  # TTF for charts and documents, never sent to a browser

FILES = {
    f"{KERN}/dist/kern.min.css": f"{STATIC}/kern/kern.min.css",
    f"{KERN}/LICENSE.md": f"{STATIC}/kern/LICENSE.md",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-Regular.woff2": f"{STATIC}/kern/fonts/FiraSans-Regular.woff2",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-Italic.woff2": f"{STATIC}/kern/fonts/FiraSans-Italic.woff2",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-Medium.woff2": f"{STATIC}/kern/fonts/FiraSans-Medium.woff2",
    f"{KERN}/dist/fonts/fira-sans/FiraSans-SemiBold.woff2": f"{STATIC}/kern/fonts/FiraSans-SemiBold.woff2",
    f"{EXPO}/400Regular/FiraSans_400Regular.ttf": f"{FONTS}/FiraSans-Regular.ttf",
    f"{EXPO}/400Regular_Italic/FiraSans_400Regular_Italic.ttf": f"{FONTS}/FiraSans-Italic.ttf",
    f"{EXPO}/600SemiBold/FiraSans_600SemiBold.ttf": f"{FONTS}/FiraSans-SemiBold.ttf",
    f"{EXPO}/LICENSE_FONT": f"{FONTS}/LICENSE_FONT",
    "htmx.org/dist/htmx.min.js": f"{STATIC}/htmx/htmx.min.js",
    "htmx.org/LICENSE": f"{STATIC}/htmx/LICENSE",
    "ol/dist/ol.js": f"{STATIC}/ol/ol.js",
    "ol/ol.css": f"{STATIC}/ol/ol.css",
    "ol/LICENSE.md": f"{STATIC}/ol/LICENSE.md",
    "proj4/dist/proj4.js": f"{STATIC}/proj4/proj4.js",
    "proj4/LICENSE.md": f"{STATIC}/proj4/LICENSE.md",
    "axe-core/axe.min.js": "tests/journeys/vendor/axe.min.js",
}


def digest(path: Path) -> str:
    """The SHA-256 of a file as hexadecimal text."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def collect() -> dict[str, str]:
    """Copies every named file and returns path → SHA-256, ordered by path."""
    found = {}
    for source, target in FILES.items():
        path = ROOT / target
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, path)
        found[target] = digest(path)
    return dict(sorted(found.items()))


if __name__ == "__main__":
    MANIFEST.write_text(json.dumps(collect(), indent=2) + "\n", encoding="utf-8")
    print(f"{len(FILES)} files collected, manifest written.")
