"""Who may do what with papers, checks and resolutions; one file a part, all loaded here."""

from dreiklang.papers.permissions import checks as checks
