import re
import sys

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.template import Context, Template

from dreiklang.ui.charts import PALETTE, ChartTable, chart, pattern
from dreiklang.ui.charts.drawn import keep_drawn
from dreiklang.ui.charts.process import DRAWER, Drawer, NotDrawn
from dreiklang.ui.rules import Tone

SVG = "{http://www.w3.org/2000/svg}"
TABLE = ChartTable(head=("Jahr", "Maßnahmen"), rows=(("2025", "1.234,5"), ("2026", "33")))


def bars(**changed):
    values = [{"jahr": "2025", "zahl": 1234.5}, {"jahr": "2026", "zahl": 33}]
    spec = {
        "data": {"values": values},
        "mark": {"type": "bar", "fill": pattern(Tone.UNKNOWN)},
        "encoding": {
            "x": {"field": "jahr", "type": "ordinal"},
            "y": {"field": "zahl", "type": "quantitative", "axis": {"format": ",.1f"}},
        },
    } | changed
    return chart(spec, title="Maßnahmen <je> Jahr", description="Steigt von 1 auf 2.", table=TABLE)


@pytest.fixture(autouse=True)
def _empty_cache(settings, tmp_path):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "pictures": {**settings.CACHES["pictures"], "LOCATION": str(tmp_path / "pictures")},
    }
    cache.clear()
    yield
    DRAWER.stop()


def test_the_picture_names_itself_and_nothing_inside_does():
    root = ElementTree.fromstring(str(bars().svg_for_page))

    assert root.get("role") == "img"
    assert [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")] == [
        "Maßnahmen <je> Jahr",
        "Steigt von 1 auf 2.",
    ]
    inner = [name for e in root.iter() if e is not root for name in e.attrib]
    assert not [name for name in inner if name.startswith("aria-") or name == "role"]


def test_numbers_are_written_in_german():
    assert "1.200,0" in bars().svg_for_page


def test_the_page_gets_variables_and_the_pages_own_patterns():
    picture = bars().svg_for_page

    assert "url(#u-hatch)" in picture
    assert "var(--ink-soft)" in picture
    assert pattern(Tone.UNKNOWN) not in picture
    assert PALETTE["ink-soft"] not in picture


def test_a_document_gets_plain_colours_and_carries_its_patterns():
    picture = bars().svg_for_document

    assert "var(" not in picture
    referred = set(re.findall(r"url\(#([^)]+)\)", picture))
    assert referred
    assert referred <= {e.get("id") for e in ElementTree.fromstring(picture).iter()}


def test_two_charts_on_a_page_share_no_id():
    ids = [set(re.findall(r'id="([^"]+)"', c.svg_for_page)) for c in (bars(), bars(height=90))]

    assert ids[0]
    assert not ids[0] & ids[1]


def test_the_picture_holds_neither_style_nor_script():
    picture = bars().svg_for_page

    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", picture)


def test_a_drawn_picture_is_kept(monkeypatch):
    first = bars().svg_for_page

    monkeypatch.setattr("dreiklang.ui.charts.picture.DRAWER", Drawer(command=("false",)))

    assert bars().svg_for_page == first


NO_DRAWER = Drawer(command=("false",))


def test_a_drawn_picture_outlives_the_process(monkeypatch):
    first = bars().svg_for_page
    cache.clear()  # as in another process, or after a restart

    monkeypatch.setattr("dreiklang.ui.charts.picture.DRAWER", NO_DRAWER)

    assert bars().kept_svg_for_page == first
    assert bars().svg_for_page == first
    assert not bars(height=91).kept_svg_for_page


def test_no_more_pictures_are_kept_than_agreed(settings, tmp_path):
    kept = {**settings.CACHES["pictures"], "OPTIONS": {"MAX_ENTRIES": 5}}
    settings.CACHES = {**settings.CACHES, "pictures": kept}

    for number in range(12):
        keep_drawn(f"c{number}", "<svg/>")

    assert 0 < len(list((tmp_path / "pictures").iterdir())) <= 5


@pytest.mark.parametrize("broken", ["folder", "file"])
def test_without_files_a_picture_is_drawn_all_the_same(tmp_path, broken):
    folder = tmp_path / "pictures"
    if broken == "folder":
        folder.write_text("not a folder")
    else:
        assert bars().svg_for_page
        for file in folder.iterdir():
            file.write_bytes(b"torn")
        cache.clear()

    assert bars().svg_for_page
    assert bars().kept_svg_for_page


def test_without_the_engine_the_table_is_open_and_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr("dreiklang.ui.charts.picture.DRAWER", Drawer(command=(sys.executable, "-c", "")))

    page = Template("{% load ui %}{% chart c %}").render(Context({"c": bars()}))

    assert "lässt sich gerade nicht zeichnen" in page
    assert "<details open>" in page
    assert "1.234,5" in page


def test_a_wrong_specification_is_refused_with_its_reason():
    with pytest.raises(NotDrawn, match=r"\w"):
        DRAWER.svg({"mark": "no such mark"})


def test_a_process_that_ended_is_started_again():
    DRAWER.svg(bars().spec)
    DRAWER._child.kill()

    assert DRAWER.svg(bars().spec).startswith("<svg")


def test_a_process_that_does_not_answer_is_ended():
    silent = Drawer(command=(sys.executable, "-c", "import time; time.sleep(600)"), deadline=0.2)

    with pytest.raises(NotDrawn):
        silent.svg({})
    silent.stop()


def test_no_specification_can_fetch_from_elsewhere():
    spec = bars(data={"url": "https://daten.example/x.json"}).spec

    with pytest.raises(NotDrawn):
        DRAWER.svg(spec)
