"""The signs of the printed map: each state has a shape of its own, the same as on the pages."""

INK, SOFT, EDGE, GROUND, ACCENT, PAPER = "#1b2426", "#536067", "#858f93", "#eef3f2", "#0b5563", "#ffffff"
# Each sign in a field of 12 by 12, as on the pages.
SIGNS = {
    "good": '<circle cx="6" cy="6" r="4.6" fill="#2b7a56"/>',
    "warn": f'<path d="M6 1.4 11.2 10.8H.8z" fill="{PAPER}" stroke="#855000" stroke-width="1.5" stroke-linejoin="round"/>',
    "bad": '<rect x="1.6" y="1.6" width="8.8" height="8.8" fill="#b32d2e"/>',
    "unknown": f'<circle cx="6" cy="6" r="4.6" fill="{PAPER}" stroke="{SOFT}" stroke-width="1.2"/>'
    f'<path d="M2.6 8.4 8.4 2.6M4.6 10 10 4.6" stroke="{SOFT}" stroke-width="1"/>',
    "done": f'<circle cx="6" cy="6" r="5.4" fill="{PAPER}"/>'
    '<path d="M1.5 6.5 4.6 9.6 10.5 2.8" fill="none" stroke="#1f6646" stroke-width="2"/>',
    "neutral": f'<path d="M6 1 11 6 6 11 1 6z" fill="{ACCENT}"/>',
}


def sign_picture(tone: str) -> str:
    """A sign alone, for a legend."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12">{SIGNS.get(tone, SIGNS["neutral"])}</svg>'


def outline_picture(*, drawing: str) -> str:
    """The sign of an outline: of a measure (marks), of a concept's focus (areas), or of a district (ground)."""
    styles = {"marks": shape_style(width=0.6), "areas": focus_style()}
    style = styles.get(drawing, f'fill="{GROUND}" stroke="{EDGE}" stroke-width="0.6"')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12">'
        f'<path d="M1 3 10 1.500 11 9 4 11z" {style}/></svg>'
    )


def shape_style(*, width: float = 0.3) -> str:
    """How the outline of a measure is drawn."""
    return f'fill="{ACCENT}" fill-opacity="0.07" stroke="{ACCENT}" stroke-width="{width}"'


def focus_style() -> str:
    """How the outline of a concept's focus is drawn."""
    return f'fill="{ACCENT}" fill-opacity="0.08" stroke="{ACCENT}" stroke-width="0.6" stroke-dasharray="2 1"'
