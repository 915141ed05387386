"""Words that the pages of checks make of codes."""

from dreiklang.papers.imports.checklists import example_text, read_checklist
from dreiklang.papers.templatetags.papers_checks import condition_words


def test_a_condition_names_the_answers_of_which_one_is_enough() -> None:
    content, _flaws = read_checklist(example_text())
    assert content
    conditions = [one for stage in content.stages for asked in stage.questions for one in asked.conditions]

    said = [condition_words(one, content) for one in conditions]

    assert "„Ist das Geld da?“ mit „Zum Teil“ oder „Nein, noch offen“ beantwortet ist" in said
    assert "„Entstehen Folgekosten?“ mit „ja“ beantwortet ist" in said
