"""What vendors' systems do otherwise, one thin adapter each. What any system may do wrong is met in `client`."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson


class Vendor:
    """A system that does what the specification says."""

    name = ""

    def recognises(self, system: Mapping[str, Any]) -> bool:
        """Whether a System object comes from this vendor."""
        return False

    def address(self, url: str, filters: Mapping[str, str]) -> str:
        """The address with the filters, those it has already left as they are."""
        parts = urlsplit(url)
        there = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        missing = {name: value for name, value in filters.items() if name not in there}
        query = "&".join(part for part in (parts.query, self.query(missing)) if part)
        return urlunsplit(parts._replace(query=query))

    def query(self, filters: Mapping[str, str]) -> str:
        """Filters as part of an address."""
        return urlencode(filters)

    def is_empty_list(self, status: int, content: bytes, *, is_filtered: bool) -> bool:
        """Whether an error only means that the list is empty."""
        return False

    def mended(self, content: dict[str, Any]) -> dict[str, Any]:
        """An object as it was meant."""
        return content

    def other_file_address(self, url: str) -> str | None:
        """Where a file is that is not at its own address."""
        return None


class Sternberg(Vendor):
    """SD.NET RIM: 404 for empty lists, AGS without its zero, doubled slashes and endings of file addresses."""

    name = "sternberg"

    def recognises(self, system: Mapping[str, Any]) -> bool:
        said = f"{system.get('contactName')} {system.get('vendor')} {system.get('name')}".lower()
        return any(word in said for word in ("sternberg", "sitzungsdienst.net", "sd.net"))

    def is_empty_list(self, status: int, content: bytes, *, is_filtered: bool) -> bool:
        if status != 404 or not is_filtered:
            return False
        try:
            told = orjson.loads(content)
        except ValueError:
            return False
        return isinstance(told, dict) and told.get("code") == 802

    def mended(self, content: dict[str, Any]) -> dict[str, Any]:
        mended = dict(content)
        if isinstance(ags := mended.get("ags"), str) and len(ags) == 7 and ags.isdigit():
            mended["ags"] = f"0{ags}"
        for name, value in mended.items():
            if name in ("accessUrl", "downloadUrl") and isinstance(value, str):
                mended[name] = value.replace("files//rim", "files/rim")
            elif isinstance(value, dict):
                mended[name] = self.mended(value)
            elif isinstance(value, list):
                mended[name] = [self.mended(one) if isinstance(one, dict) else one for one in value]
        return mended

    def other_file_address(self, url: str) -> str | None:
        # The name after its dot stands twice: "…/anlage.1.1" is "…/anlage.1.pdf".
        found = re.fullmatch(r"(.*)\.([^./]+)\.\2", url)
        return f"{found[1]}.{found[2]}.pdf" if found else None


class CcEgov(Vendor):
    """ALLRIS: raw control characters, "N/A", one file for a list, sporadic 500: all met for everybody."""

    name = "cc-egov"

    def recognises(self, system: Mapping[str, Any]) -> bool:
        return "cc-egov" in f"{system.get('vendor')} {system.get('product')}".lower()


class Somacos(Vendor):
    """Session: refuses addresses whose query is encoded."""

    name = "somacos"

    def recognises(self, system: Mapping[str, Any]) -> bool:
        return (
            "somacos" in f"{system.get('vendor')} {system.get('product')} {system.get('contactName')}".lower()
        )

    def query(self, filters: Mapping[str, str]) -> str:
        return "&".join(f"{name}={value}" for name, value in filters.items())


VENDORS: tuple[Vendor, ...] = (Sternberg(), CcEgov(), Somacos())


def vendor_of(system: Mapping[str, Any], *, named: str = "") -> Vendor:
    """The adapter for a system: the one named, else the one that recognises it, else the plain one."""
    for vendor in VENDORS:
        if vendor.name == named or (not named and vendor.recognises(system)):
            return vendor
    return Vendor()
