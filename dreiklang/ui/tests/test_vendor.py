import json

from dreiklang.ui.vendor.collect import FILES, MANIFEST, ROOT, digest


def test_every_vendored_file_is_the_one_in_the_manifest():
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))

    assert manifest == {path: digest(ROOT / path) for path in sorted(FILES.values())}


def test_no_vendored_file_lies_about_unlisted():
    static = ROOT / "dreiklang/ui/static/vendor"

    found = {p.relative_to(ROOT).as_posix() for p in static.rglob("*") if p.is_file()}

    assert found <= set(FILES.values())


def test_every_package_in_the_lock_has_an_integrity_hash():
    lock = json.loads((MANIFEST.parent / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
