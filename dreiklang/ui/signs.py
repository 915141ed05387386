"""Ready-made signs for the states most pages show. Subjects may build their own Sign as well."""

from django.utils.translation import gettext_lazy as _

from dreiklang.ui.rules import Sign, Tone

ON_TRACK = Sign(code="on_track", label=_("im Plan"), tone=Tone.GOOD)
DELAYED = Sign(code="delayed", label=_("verzögert"), tone=Tone.WARN)
STALLED = Sign(code="stalled", label=_("steht still"), tone=Tone.BAD)
UNREPORTED = Sign(code="unreported", label=_("ohne aktuellen Bericht"), tone=Tone.UNKNOWN)
IN_USE = Sign(code="in_use", label=_("in Nutzung"), tone=Tone.DONE)

TIMELINESS = {sign.code: sign for sign in (ON_TRACK, DELAYED, STALLED, UNREPORTED)}
