"""Who may do what with papers, checks and resolutions; one file a part, all loaded here."""

from dreiklang.papers.permissions import checks as checks
from dreiklang.papers.permissions import oparl as oparl
from dreiklang.papers.permissions import papers as papers
from dreiklang.papers.permissions import resolutions as resolutions
