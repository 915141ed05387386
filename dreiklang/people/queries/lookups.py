"""Names and ids for lists that name departments and people by key. Not for pages: no viewer is asked."""

from collections.abc import Collection

from dreiklang.people.models import Account, Department


def department_names() -> list[tuple[str, str]]:
    """(key, name) of all departments, ended ones too: a list may be older than the last reform."""
    return list(Department.objects.order_by("pk").values_list("key", "name"))


def department_ids(keys: Collection[str]) -> dict[str, int]:
    """Key → id of those departments that there are."""
    return dict(Department.objects.filter(key__in=keys).values_list("key", "pk"))


def account_names() -> list[tuple[str, str]]:
    """(e-mail, name) of all accounts."""
    return list(Account.objects.order_by("pk").values_list("email", "name"))


def account_ids(emails: Collection[str]) -> dict[str, int]:
    """E-mail → id of those accounts that there are."""
    return dict(Account.objects.filter(email__in=emails).values_list("email", "pk"))


def accounts_behind(ids: Collection[int] | None) -> dict[int, str]:
    """Id → e-mail of those accounts; of all for None."""
    found = Account.objects.order_by("pk") if ids is None else Account.objects.filter(pk__in=ids)
    return dict(found.values_list("pk", "email"))


def department_count() -> int:
    """How many departments there are."""
    return Department.objects.count()


def account_count() -> int:
    """How many people have an account."""
    return Account.objects.count()
