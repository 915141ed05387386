"""The one list of all importers: kinds of lists that can be imported, in the web and by `dreiklang import`.

A new importer is an instance of `core.imports.contract.Importer` in its subject's `imports/`, and a line here.
The names are strings, so that nothing below `config` depends on the subjects.
"""

IMPORTERS = (
    "dreiklang.places.imports.city.CITY",
    "dreiklang.people.imports.departments.DEPARTMENTS",
    "dreiklang.people.imports.people.PEOPLE",
    "dreiklang.people.imports.committees.COMMITTEES",
    "dreiklang.places.imports.districts.DISTRICTS",
    "dreiklang.goals.imports.tasks.TASKS",
    "dreiklang.goals.imports.goals.GOALS",
    "dreiklang.goals.imports.groups.GROUPS",
    "dreiklang.goals.imports.priorities.PRIORITIES",
    "dreiklang.goals.imports.evaluation.EVALUATION",
    "dreiklang.concepts.imports.concepts.CONCEPTS",
    "dreiklang.concepts.imports.plans.PLANS",
    "dreiklang.concepts.imports.places.CONCEPT_PLACES",
    "dreiklang.measures.imports.measures.MEASURES",
    "dreiklang.measures.imports.places.MEASURE_PLACES",
    "dreiklang.measures.imports.milestones.MILESTONES",
    "dreiklang.measures.imports.rounds.ROUNDS",
    "dreiklang.measures.imports.rounds.RESTRAINTS",
    "dreiklang.measures.imports.reports.REPORTS",
    "dreiklang.measures.imports.successions.SUCCESSIONS",
    "dreiklang.measures.imports.vorhabenliste.VORHABENLISTE",
    "dreiklang.measures.imports.localzero.LOCALZERO",
    "dreiklang.papers.imports.papers.PAPERS",
    "dreiklang.papers.imports.links.PAPER_LINKS",
    "dreiklang.papers.imports.meetings.MEETINGS",
    "dreiklang.papers.imports.agenda.AGENDA",
    "dreiklang.papers.imports.resolutions.RESOLUTIONS",
    "dreiklang.papers.imports.checks.CHECKS",
    "dreiklang.papers.imports.check_answers.CHECK_ANSWERS",
)
