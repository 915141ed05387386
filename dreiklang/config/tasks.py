"""Tasks of the worker. Each is one call into a subject; names are what `core.changes.later` uses."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as jobs

from dreiklang.config.reactions import REACTIONS
from dreiklang.config.worker import SOON
from dreiklang.conflicts import services as conflicts
from dreiklang.core.changes import DELIVER, later
from dreiklang.core.kept import gather
from dreiklang.core.models import Change
from dreiklang.measures import services as measures
from dreiklang.monitoring.imports.catalogue_harvest import harvest
from dreiklang.monitoring.services import catalogues
from dreiklang.monitoring.services.request_mail import send_request_mail
from dreiklang.monitoring.services.requests import REQUEST_MAIL
from dreiklang.papers.imports.oparl import downloads
from dreiklang.papers.imports.oparl import run as oparl
from dreiklang.papers.services import checks as paper_checks
from dreiklang.papers.services import papers, proposals, resolutions, sync, texts
from dreiklang.papers.services.jobs import FETCH_FILES, PROPOSE_IN_TURN, READ_TEXTS
from dreiklang.workspace.services import imports


@jobs.task(name=DELIVER, queue=SOON)
def deliver_change(change_id: int) -> None:
    """Carry out the reactions to one change, once."""
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=change_id)
        if change.handled_at is not None:
            return
        for react in REACTIONS.get((change.subject, change.name), []):
            react(change.object_key, change.facts)
        change.handled_at = timezone.now()
        change.save(update_fields=["handled_at"])


@jobs.task(name="measures_report_mail", queue=SOON)
def measures_report_mail(report_id: int) -> None:
    """What a report asks of others, a minute after it was recorded."""
    measures.send_report_mail(report_id=report_id)


@jobs.task(name="measures_letter_mail", queue=SOON)
def measures_letter_mail(
    round_id: int, kind: str, to: list[int], copy: list[int], measure_ids: list[int]
) -> None:
    """One letter of a reporting round."""
    measures.send_letter(round_id=round_id, kind=kind, to=to, copy=copy, measures=measure_ids)


@jobs.periodic(cron="0 5 * * *", periodic_id="measures_due_reminders")
@jobs.task(name="measures_due_reminders", queueing_lock="measures_due_reminders")
def measures_due_reminders(timestamp: int) -> None:
    """Every morning, at six in winter and seven in summer: the letters of the running round."""
    measures.send_due_reminders(on=timezone.localdate())


@jobs.periodic(cron="30 2 * * *", periodic_id="core_gather_revisions")
@jobs.task(name="core_gather_revisions", queueing_lock="core_gather_revisions")
def core_gather_revisions(timestamp: int) -> None:
    """Every night: one row for what the day's writers left."""
    gather()


@jobs.periodic(cron="45 2 * * *", periodic_id="workspace_discard_left")
@jobs.task(name="workspace_discard_left", queueing_lock="workspace_discard_left")
def workspace_discard_left(timestamp: int) -> None:
    """Every night: lists that somebody began to import and left."""
    imports.discard_left(now=timezone.now())


@jobs.periodic(cron="0 4 * * *", periodic_id="papers_read_texts")
@jobs.task(name=texts.READ_TEXTS, lock="papers_read_texts")
def papers_read_texts(timestamp: int = 0) -> None:
    """After an import, and every night: what papers say by their files' texts."""
    texts.read_papers()


@jobs.task(name=sync.JOB)
def papers_oparl_sync(source_id: int, by_id: int | None = None) -> None:
    """A council system that somebody wants read now, or whose night it is."""
    oparl.sync_source(source_id=source_id, by_id=by_id)


@jobs.periodic(cron="10 1 * * *", periodic_id="papers_oparl_nightly")
@jobs.task(name="papers_oparl_nightly", queueing_lock="papers_oparl_nightly")
def papers_oparl_nightly(timestamp: int = 0) -> None:
    """Every night: what changed in the council systems, one after the other."""
    for source_id in sync.nightly_sources():
        oparl.sync_source(source_id=source_id, by_id=None)


@jobs.periodic(cron="30 3 * * *", periodic_id="papers_oparl_files")
@jobs.task(name=FETCH_FILES, queueing_lock=FETCH_FILES)
def papers_oparl_files(timestamp: int = 0) -> None:
    """Every night, and when somebody asks: files whose text is not there yet, some at a time until none is left."""
    stored = downloads.fetch_files()
    if stored.is_more:
        # Another job has its turn in between.
        later(FETCH_FILES)
    elif stored.done:
        later(READ_TEXTS)


@jobs.task(name=imports.JOB)
def workspace_import(run_id: int, upload_id: int, account_id: int) -> None:
    """A long import, or its dry run."""
    imports.carry_out(run_id=run_id, upload_id=upload_id, account_id=account_id)


@jobs.task(name="papers_check_mail", queue=SOON)
def papers_check_mail(check_id: int, step: str, by_id: int | None) -> None:
    """Who is to act next on a check hears of it."""
    paper_checks.send_step_mail(check_id=check_id, step=step, by_id=by_id)


@jobs.task(name="papers_signature_mail", queue=SOON)
def papers_signature_mail(signature_id: int) -> None:
    """A co-signing office is reminded of its deadline."""
    paper_checks.send_signature_mail(signature_id=signature_id)


@jobs.task(name="papers_overdue_mail")
def papers_overdue_mail(signature_ids: list[int]) -> None:
    """The coordinators hear which offices let their deadline pass."""
    paper_checks.send_overdue_mail(signature_ids=signature_ids)


@jobs.periodic(cron="5 5 * * *", periodic_id="papers_signatures_due")
@jobs.task(name="papers_signatures_due", queueing_lock="papers_signatures_due")
def papers_signatures_due(timestamp: int) -> None:
    """Every morning: offices whose co-signature is due."""
    paper_checks.remind_of_signatures(on=timezone.localdate())


@jobs.task(name="papers_propose", queue=SOON)
def papers_propose(check_id: int) -> None:
    """Read a draft and propose what it touches."""
    proposals.propose(check_id=check_id, now=timezone.now())


@jobs.task(name=PROPOSE_IN_TURN)
def papers_propose_in_turn(check_id: int) -> None:
    """The same for one of many drafts that came by list: nobody waits for it."""
    proposals.propose(check_id=check_id, now=timezone.now())


@jobs.task(name="papers_propose_after_reading")
def papers_propose_after_reading(check_id: int) -> None:
    """Much was new: read all texts a draft is compared with, then propose for this draft once more."""
    proposals.read_texts()
    proposals.propose(check_id=check_id, now=timezone.now())


@jobs.periodic(cron="20 1 * * *", periodic_id="papers_compared_texts")
@jobs.task(name="papers_compared_texts", queueing_lock="papers_compared_texts")
def papers_compared_texts(timestamp: int) -> None:
    """Every night: read the texts that drafts are compared with."""
    proposals.read_texts()


@jobs.periodic(cron="15 5 * * *", periodic_id="papers_saved_searches")
@jobs.task(name="papers_saved_searches", queueing_lock="papers_saved_searches")
def papers_saved_searches(timestamp: int) -> None:
    """Every morning: mails about what saved searches find new."""
    papers.tell_of_new_hits(now=timezone.now())


@jobs.periodic(cron="15 3 * * *", periodic_id="conflicts_compare")
@jobs.task(name=conflicts.COMPARE_JOB, queueing_lock=conflicts.COMPARE_JOB, lock="conflicts")
def conflicts_compare(timestamp: int = 0) -> None:
    """When somebody asks, and every night, since days pass: compare everything, or go on where it stopped."""
    conflicts.compare_all(today=timezone.localdate(), now=timezone.now())


@jobs.task(name=conflicts.CHANGED_JOB, queueing_lock=conflicts.CHANGED_JOB, lock="conflicts", queue=SOON)
def conflicts_compare_changed() -> None:
    """Soon after a change: what changed is compared with the rest."""
    conflicts.compare_changed(today=timezone.localdate(), now=timezone.now())


@jobs.task(name="conflicts_talk_mail", queue=SOON)
def conflicts_talk_mail(talk_id: int) -> None:
    """Somebody is asked to talk."""
    conflicts.send_talk_mail(talk_id=talk_id)


@jobs.task(name="conflicts_reopened_mail", queue=SOON)
def conflicts_reopened_mail(candidate_ids: list[int]) -> None:
    """A changed fact opened what people had settled: they hear of it."""
    conflicts.send_reopened_mail(candidate_ids=candidate_ids)


@jobs.task(name="conflicts_overtaken_mail", queue=SOON)
def conflicts_overtaken_mail(candidate_ids: list[int]) -> None:
    """Nothing is found any more of what people had settled: they hear of it."""
    conflicts.send_overtaken_mail(candidate_ids=candidate_ids)


@jobs.task(name=resolutions.FOLLOW_JOB)
def papers_follow_decisions() -> None:
    """After a council system was read: what was decided there is followed here."""
    resolutions.follow_all()


@jobs.task(name=REQUEST_MAIL, queue=SOON)
def monitoring_request_mail(request_id: int, step: str, by_id: int | None) -> None:
    """Who is to bring values hears of it; who asked for them, that they are there."""
    send_request_mail(request_id=request_id, step=step, by_id=by_id)


@jobs.task(name=catalogues.JOB)
def monitoring_harvest(catalogue_id: int, by_id: int | None = None, is_dry_run: bool = False) -> None:
    """A catalogue that somebody wants read now, or tried."""
    harvest(catalogue_id=catalogue_id, by_id=by_id, is_dry_run=is_dry_run)


@jobs.periodic(cron="40 1 * * *", periodic_id="monitoring_harvest_daily")
@jobs.task(name="monitoring_harvest_daily", queueing_lock="monitoring_harvest_daily")
def monitoring_harvest_daily(timestamp: int = 0) -> None:
    """Every night: what changed in the catalogues, one after the other."""
    for catalogue_id in catalogues.daily_catalogues():
        harvest(catalogue_id=catalogue_id, by_id=None)
