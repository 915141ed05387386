from dreiklang.monitoring.templatetags.licences import licence_link


def test_a_code_becomes_the_name_of_the_licence_and_leads_to_its_text() -> None:
    assert licence_link("dl-de/by-2-0") == (
        '<a href="https://www.govdata.de/dl-de/by-2-0" rel="license noopener">'
        "Datenlizenz Deutschland Namensnennung 2.0</a>"
    )


def test_what_no_list_of_licences_has_stays_as_it_is() -> None:
    assert licence_link("nach Absprache <Amt>") == "nach Absprache <Amt>"
    assert licence_link("") == ""
