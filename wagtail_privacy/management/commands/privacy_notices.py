from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from wagtail_privacy.actions.deliver import deliver
from wagtail_privacy.actions.sweep import release_leases, sweep
from wagtail_privacy.models import Notice
from wagtail_privacy.models.notice import DeliveryState


class Command(BaseCommand):
    help = "The notices about changed policies: list them, show one, sweep what was left undone, or send one now."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="list | show | sweep | send")
        verbs.add_parser("list", help="All notices, newest first.")
        verbs.add_parser("show", help="How many were told, by state and language.").add_argument("notice", type=int)
        verbs.add_parser("sweep", help="Wake a worker for whatever has been left undone. For cron, every few minutes.")
        send = verbs.add_parser("send", help="Send what is due in this process, without a task worker.")
        send.add_argument(
            "notice", type=int, nargs="?", help="The notice's id; all that have something due if left out."
        )

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        getattr(self, verb)(options.get("notice"))

    def list(self, _notice_id: int | None) -> None:
        for notice in Notice.objects.select_related("version__policy").order_by("-pk"):
            self._line(notice)

    def show(self, notice_id: int | None) -> None:
        notice = self._notice(notice_id)
        self._line(notice)
        for (state, language), count in sorted(notice.totals().items()):
            self.stdout.write(f"  {DeliveryState(state).label}, {language}: {count}")

    def sweep(self, _notice_id: int | None) -> None:
        woken = sweep()
        self.stdout.write(f"Woken: {', '.join(map(str, woken))}" if woken else "Nothing is left undone.")

    def send(self, notice_id: int | None) -> None:
        release_leases()
        notices = [self._notice(notice_id)] if notice_id else Notice.objects.alive(timezone.now())
        for notice in notices:
            deliver(notice.pk)
            self.show(notice.pk)

    def _notice(self, notice_id: int | None) -> Notice:
        notice = Notice.objects.select_related("version__policy").filter(pk=notice_id or 0).first()
        if notice is None:
            msg = f"Expected the id of a notice, found {notice_id!r}. `privacy_notices list` names them."
            raise CommandError(msg)
        return notice

    def _line(self, notice: Notice) -> None:
        moment = timezone.localtime(notice.finished_at or notice.created_at)
        self.stdout.write(f"{notice.pk}  {moment:%Y-%m-%d %H:%M}  {notice.get_state_display()}  {notice}")
