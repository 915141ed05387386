"""Who works here: departments as a tree, accounts, roles, deputies, absences."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import SortKey
from dreiklang.people.rules import CommitteeKind, DepartmentKind, Role, SuccessionKind

ROLE_LABELS = {
    Role.ADMINISTRATOR: _("Betreuung der Software"),
    Role.COORDINATOR: _("Koordination"),
    Role.LEAD: _("Federführung"),
    Role.DEPARTMENT_EDITOR: _("Redaktion im Fachamt"),
    Role.REVIEWER: _("Mitzeichnung"),
    Role.FUNDING_OFFICER: _("Fördermittelmanagement"),
    Role.FUNDING_CONTACT: _("Fördermittelkontakt"),
    Role.TREASURY: _("Kämmerei"),
    Role.STATISTICS: _("Statistikstelle"),
    Role.PARTICIPATION: _("Beteiligungsteam"),
    Role.LEADERSHIP: pgettext_lazy("Rolle", "Leitung"),
    Role.COUNCIL_MEMBER: _("Ratsmitglied"),
    Role.PARTNER: _("Partner:in"),
}

DEPARTMENT_KIND_LABELS = {
    DepartmentKind.DIVISION: _("Dezernat"),
    DepartmentKind.OFFICE: _("Amt"),
    DepartmentKind.SECTION: _("Abteilung"),
    DepartmentKind.STAFF_UNIT: _("Stabsstelle"),
    DepartmentKind.MUNICIPAL_ENTERPRISE: _("Eigenbetrieb"),
    DepartmentKind.OTHER: _("Sonstige"),
}

COMMITTEE_KIND_LABELS = {
    CommitteeKind.COUNCIL: _("Stadtrat"),
    CommitteeKind.DECIDING: _("Beschließender Ausschuss"),
    CommitteeKind.ADVISORY: _("Beratender Ausschuss"),
    CommitteeKind.LOCAL_COUNCIL: _("Ortschaftsrat oder Bezirksbeirat"),
    CommitteeKind.OTHER: _("Sonstiges Gremium"),
}


@tracked()
class Department(Kept):
    """A department of the administration. It is never deleted: a successor takes over."""

    key = models.CharField(
        _("Kürzel"), max_length=40, unique=True, help_text=_("So steht das Amt in Listen, zum Beispiel 61")
    )
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(
        _("Art"), max_length=24, choices=list(DEPARTMENT_KIND_LABELS.items()), default=DepartmentKind.OFFICE
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Übergeordnet"),
    )
    head = models.ForeignKey(
        "people.Account",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Leitung"),
    )
    ended_on = models.DateField(_("Besteht bis"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="department_not_its_own_parent")
        ]
        indexes = [GinIndex(OpClass(SortKey("name"), name="gin_trgm_ops"), name="department_parts")]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts by e-mail; there is no user name."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "Account":
        fields.update(is_staff=True, is_superuser=True)
        return self.create_user(email, password, **fields)


@tracked(exclude=("password", "last_login"))
class Account(AbstractBaseUser, PermissionsMixin):
    """A person who may log in. The record says what she answers for, never how she performs."""

    email = models.EmailField(_("E-Mail"), unique=True)
    name = models.CharField(_("Name"), max_length=200)
    phone = models.CharField(_("Telefon"), max_length=60, blank=True)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts",
        verbose_name=_("Amt"),
    )
    deputy = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputises_for",
        verbose_name=_("Vertretung"),
    )
    language = models.CharField(
        _("Sprache"), max_length=5, default="de", choices=[("de", "Deutsch"), ("en", "English")]
    )
    is_active = models.BooleanField(_("Kann sich anmelden"), default=True)
    is_staff = models.BooleanField(_("Darf die Verwaltungsseiten sehen"), default=False)
    left_on = models.DateField(_("Ausgeschieden am"), null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_email_once_in_any_case"),
            models.CheckConstraint(condition=~Q(deputy=F("id")), name="account_not_its_own_deputy"),
        ]
        indexes = [GinIndex(OpClass(SortKey("name"), name="gin_trgm_ops"), name="account_parts")]

    def __str__(self) -> str:
        return self.name


@tracked()
class RoleAssignment(models.Model):
    """An account holds a role, in one department and those below it, or in the whole city."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("Rolle"), max_length=24, choices=list(ROLE_LABELS.items()))
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Amt")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "department"],
                nulls_distinct=False,
                name="role_once_per_account_and_department",
            )
        ]


@tracked()
class Absence(models.Model):
    """From when to when somebody is away; reminders then go to the deputy as well."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="absences")
    days = DateRangeField(_("Zeitraum"))
    deputy = models.ForeignKey(
        Account,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Vertretung"),
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="absences_do_not_overlap",
                expressions=[("account", RangeOperators.EQUAL), ("days", RangeOperators.OVERLAPS)],
            )
        ]


@tracked(exclude=("token_hash",))
class Invitation(models.Model):
    """An invitation by link. Only the hash of the link is kept."""

    email = models.EmailField(_("E-Mail"))
    name = models.CharField(_("Name"), max_length=200)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    roles = models.JSONField(_("Rollen"), default=list)
    measure_keys = models.JSONField(_("Maßnahmen, die Partner:innen sehen"), default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by_id = models.BigIntegerField(null=True)
    invited_by_name = models.CharField(max_length=200, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("Gültig bis"))
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Succession(models.Model):
    """A department was renamed, split or merged, or a person left: who took over what, and when."""

    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in SuccessionKind])
    happened_on = models.DateField(_("Wirksam am"))
    from_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="successions"
    )
    to_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="predecessions"
    )
    from_account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    to_account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict, help_text=_("Was übergeben wurde, gezählt nach Art"))
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)


@tracked()
class Committee(Kept):
    """The council, one of its committees, or a local council (Ortschaftsrat, Bezirksbeirat)."""

    key = models.CharField(_("Kürzel"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=300)
    kind = models.CharField(
        _("Art"), max_length=16, choices=list(COMMITTEE_KIND_LABELS.items()), default=CommitteeKind.OTHER
    )
    ended_on = models.DateField(_("Besteht bis"), null=True, blank=True)
    oparl_id = models.CharField(max_length=500, null=True, unique=True, editable=False)  # noqa: DJ001 (unique)

    def __str__(self) -> str:
        return self.name


@tracked()
class Seat(models.Model):
    """A council member belongs to a committee, as a member or to stand in for one."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="seats")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="seats", verbose_name=_("Person")
    )
    is_deputy = models.BooleanField(_("Nur als Stellvertretung"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "account"], name="seat_once")]
