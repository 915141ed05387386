import pytest

from dreiklang.core.database.address import address_of_url
from dreiklang.core.database.errors import BadDatabaseUrl


def test_url_gives_all_parts_of_the_address() -> None:
    address = address_of_url("postgresql://anna:ge%40heim@db.stadt.example:5433/insek?sslmode=require")

    assert (address.name, address.user, address.password) == ("insek", "anna", "ge@heim")
    assert (address.host, address.port) == ("db.stadt.example", "5433")
    assert address.options == {"sslmode": "require"}
    assert not address.embedded


def test_url_may_name_the_folder_of_a_socket() -> None:
    address = address_of_url("postgres:///insek?host=/var/run/postgresql&port=6000")

    assert (address.host, address.port, address.options) == ("/var/run/postgresql", "6000", {})


@pytest.mark.parametrize(
    "url",
    ["mysql://localhost/insek", "insek", "postgresql://localhost", "postgresql://localhost:viele/insek"],
)
def test_url_that_cannot_be_read_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(BadDatabaseUrl, match="postgresql://dreiklang"):
        address_of_url(url)


def test_django_gets_an_entry_it_can_use() -> None:
    entry = address_of_url("postgresql://anna@db/insek").as_django(test_name="test_insek")

    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["NAME"], entry["HOST"], entry["TEST"]) == ("insek", "db", {"NAME": "test_insek"})
