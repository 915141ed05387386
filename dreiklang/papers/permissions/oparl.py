"""Who may read council systems."""

import rules

from dreiklang.people.permissions import runs_people

SYNC = "papers.sync"

rules.add_perm(SYNC, runs_people)
