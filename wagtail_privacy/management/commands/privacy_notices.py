"""Show, send, pause, resume, cancel and repair notices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation

from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.actions.search_and_caches import refresh_newly_in_force
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.addresses import is_usable
from wagtail_privacy.notices.sending_tasks import wake
from wagtail_privacy.notices.suppress import allow_again, suppress
from wagtail_privacy.notices.tally import delayed_deliveries
from wagtail_privacy.reader.stored import store_ready_texts
from wagtail_privacy.records.notice import BY_HAND, DeliveryState, Notice, NoticeState
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.sending import control
from wagtail_privacy.sending.alerts import why_stuck
from wagtail_privacy.sending.deliver import deliver
from wagtail_privacy.sending.in_doubt import release_leases
from wagtail_privacy.sending.seal import last_seal
from wagtail_privacy.sending.sweep import sweep

#: The actions on one notice: help text and function, by verb.
STEERED: dict[str, tuple[str, Callable[[int], Any]]] = {
    "pause": ("Send nothing more until it is resumed.", control.pause_notice),
    "resume": ("Go on with a paused one, at once.", control.resume_notice),
    "cancel": ("Tell nobody more, for good.", control.cancel_notice),
    "retry": ("Retry failed deliveries.", control.retry_failed),
    "resend": ("Send again what may or may not have been sent.", control.resend_in_doubt),
    "accept": ("Take as sent what may or may not have been sent.", control.accept_in_doubt),
}
DONE = {
    "pause": "Notice {id} is paused.",
    "resume": "Notice {id} goes on.",
    "cancel": "Notice {id} is cancelled.",
    "retry": "{count} failed mails of notice {id} are tried again.",
    "resend": "{count} mails in doubt of notice {id} are sent again.",
    "accept": "{count} mails in doubt of notice {id} are taken as sent.",
}


class Command(BaseCommand):
    help = "The notices about changed policies: who is told, how far it has come, and what to do about it."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("list", help="All notices, newest first.")
        verbs.add_parser("show", help="How many were told, by state and language.").add_argument("id", type=int)
        audience = verbs.add_parser("audience", help="Dry run: who would be told now, and who could not be.")
        audience.add_argument("id", type=int, nargs="?", help="The policy's id; each policy if left out.")
        send = verbs.add_parser("send", help="Send what is due in this process, without a task worker.")
        send.add_argument("id", type=int, nargs="?", help="The notice's id; all that have something due if left out.")
        verbs.add_parser(
            "sweep", help="Recover what lost tasks and dead senders left undone. For cron, every few minutes."
        )
        for verb, (said, _action) in STEERED.items():
            verbs.add_parser(verb, help=said).add_argument("id", type=int, help="The notice's id.")
        verbs.add_parser("suppress", help="Write no more to an address.").add_argument("address")
        verbs.add_parser("allow", help="Write to a suppressed address again.").add_argument("address")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        # The command's own words are English, so everything it prints is.
        with translation.override("en"):
            if verb in ("suppress", "allow"):
                getattr(self, verb)(options["address"])
            elif verb in STEERED:
                self.steer(verb, options["id"])
            else:
                getattr(self, verb)(options.get("id"))

    def list(self, _id: int | None) -> None:
        notices = Notice.objects.select_related("version__policy").order_by("-pk")
        for notice in notices:
            self._line(notice)
        if not notices:
            self.stdout.write("There is no notice yet.")

    def show(self, notice_id: int | None) -> None:
        notice = self._notice(notice_id)
        self._line(notice)
        if notice.purged_at:
            self._sealed(notice)
        for (state, language), count in sorted(notice.totals().items()):
            self.stdout.write(f"  {DeliveryState(state).label}, {language}: {count}")
        for (state, reason), count in sorted(notice.reasons().items()):
            self.stdout.write(f"    {DeliveryState(state).label}, {reason}: {count}")
        for wait in delayed_deliveries(notice):
            at = f"{timezone.localtime(wait.at):%Y-%m-%d %H:%M}"
            why = f"wait for the text in {wait.language} until {at}" if wait.language else f"are tried again from {at}"
            self.stdout.write(f"    of these, {wait.count} {why}")
        if trouble := why_stuck(notice):
            self.stdout.write(f"  {trouble}")

    def audience(self, policy_id: int | None) -> None:
        policies = Policy.objects.filter(pk=policy_id) if policy_id else Policy.objects.all()
        if policy_id and not policies:
            known = ", ".join(f"{policy.pk} ({policy})" for policy in Policy.objects.all()) or "none"
            msg = f"Expected the id of a policy, found {policy_id}. There are: {known}."
            raise CommandError(msg)
        for policy in policies:
            self._dry_run(policy)
        if not policies:
            self.stdout.write("There is no policy yet.")

    def sweep(self, _id: int | None) -> None:
        for version in refresh_newly_in_force():
            self.stdout.write(f"{version.policy}: version {version.number} took effect.")
        for policy in Policy.objects.all():
            store_ready_texts(policy)
        woken = sweep()
        self.stdout.write(f"Woken: {', '.join(map(str, woken))}" if woken else "Nothing is left undone.")

    def send(self, notice_id: int | None) -> None:
        release_leases()
        notices = [self._notice(notice_id)] if notice_id else Notice.objects.active(timezone.now())
        for notice in notices:
            if later := deliver(notice.pk):
                wake(notice.pk, at=later)
            self.show(notice.pk)

    def steer(self, verb: str, notice_id: int) -> None:
        notice = self._notice(notice_id)
        try:
            count = STEERED[verb][1](notice.pk)
        except ActionError as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(DONE[verb].format(id=notice.pk, count=count))

    def suppress(self, address: str) -> None:
        if not is_usable(address):
            msg = f"Expected an address, found {address!r}."
            raise CommandError(msg)
        is_new = suppress(address)
        self.stdout.write("Nothing more is sent to it." if is_new else "It was suppressed already.")

    def allow(self, address: str) -> None:
        if not allow_again(address):
            msg = f"Expected an address that is suppressed, found {address!r}."
            raise CommandError(msg)
        self.stdout.write("It is written to again.")

    def _dry_run(self, policy: Policy) -> None:
        run = conf.AUDIENCE(policy).dry_run()
        self.stdout.write(f"{policy.pk}  {policy}: {run.total} would be told.")
        if not policy.tells_users:
            self.stdout.write("  The policy does not tell registered users, so nobody is.")
        for language, count in run.by_language.items():
            self.stdout.write(f"  {language}: {count}")
        for said, count in (
            ("without a usable address", run.without_address),
            ("suppressed after a bounce, a complaint or by hand", run.suppressed),
            ("not among the addresses that this site may write to", run.not_allowed),
        ):
            if count:
                self.stdout.write(f"  {said}: {count}")

    def _sealed(self, notice: Notice) -> None:
        seal = last_seal(notice)
        summary = seal.data if seal else {}
        for part, indent in (("deliveries", "  "), ("reasons", "    ")):
            for state, counts in summary.get(part, {}).items():
                for what, count in counts.items():
                    self.stdout.write(f"{indent}{DeliveryState(state).label}, {what}: {count} (sealed)")

    def _notice(self, notice_id: int | None) -> Notice:
        notice = Notice.objects.select_related("version__policy").filter(pk=notice_id or 0).first()
        if notice is None:
            msg = f"Expected the id of a notice, found {notice_id!r}. `privacy_notices list` names them."
            raise CommandError(msg)
        return notice

    def _line(self, notice: Notice) -> None:
        moment = timezone.localtime(notice.finished_at or notice.created_at)
        why = ""
        if notice.state == NoticeState.PAUSED:
            until = f" until {timezone.localtime(notice.retry_at):%H:%M}" if notice.retry_at else ""
            why = f" ({BY_HAND})" if notice.paused_because == BY_HAND else f" ({notice.paused_because}{until})"
        self.stdout.write(f"{notice.pk}  {moment:%Y-%m-%d %H:%M}  {notice.get_state_display()}{why}  {notice}")
