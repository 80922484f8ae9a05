"""The report of each notice: how many were told and who, by state and language, and whether one person was."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.coreutils import get_content_languages
from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_privacy.actions.permissions import Permissions, may_see_people, policies_of, require_see_people
from wagtail_privacy.admin.notice_views import offered
from wagtail_privacy.notices.addresses import address_hash
from wagtail_privacy.notices.audience import Audience
from wagtail_privacy.notices.person import read_person
from wagtail_privacy.notices.tally import delayed_deliveries, tallies
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.records.notice import (
    PLACEHOLDERS,
    Delivery,
    DeliveryState,
    Notice,
    NoticeKind,
    NoticeState,
    Reason,
    Wording,
)
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text
from wagtail_privacy.sending.placeholders import explain, placeholders_of
from wagtail_privacy.sending.seal import last_seal

#: Characters that begin a formula, which a spreadsheet would run.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


#: Our own codes for errors without a reply code.
CODES = {
    "no answer": gettext_lazy("no answer"),
    "unreachable": gettext_lazy("it cannot be reached"),
    "not taken": gettext_lazy("the mail was not taken"),
    "refused": gettext_lazy("the mail was refused"),
    "not expressible": gettext_lazy("the mail could not be built"),
}


def with_titles(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """``notices`` with what their titles need, in a fixed number of queries."""
    texts = Text.objects.only("version_id", "language", "title", "edition").order_by("edition")
    return notices.select_related("version__policy").prefetch_related(Prefetch("version__texts", texts))


def notice_title(notice: Notice) -> str:
    """The version, after the policy's title in it: in the active language, or else in the policy's own."""
    titles = {text.language: text.title for text in notice.version.texts.all()}
    languages = (get_language(), notice.version.policy.source_language)
    title = next((titles[code] for code in languages if code in titles), str(_("Privacy policy")))
    return _("%(title)s, version %(number)s") % {"title": title, "number": notice.version.number}


def moment(at: datetime | None) -> str:
    """The site's day and time of ``at`` as ISO 8601 writes them: a report says when, not how long ago."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def notice_report_url(notice: Notice) -> str:
    return reverse("wagtail_privacy:notice", args=[notice.pk])


class Report(ReportView):
    """Base class of the reports."""

    header_icon = "mail"
    permission_required = "view"
    index_url_name: str

    def get_index_url(self) -> str:
        return reverse(self.index_url_name, kwargs=self.kwargs)

    def get_index_results_url(self) -> str:
        return reverse(f"{self.index_url_name}_results", kwargs=self.kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, *self.parent_breadcrumbs(), {"url": "", "label": self.get_page_title()}]
        return items

    def parent_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtail_privacy:notices"), "label": _("Notices")}]


class NoticeFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(choices=NoticeState.choices, label=gettext_lazy("State"))
    kind = django_filters.ChoiceFilter(choices=NoticeKind.choices, label=gettext_lazy("Kind"))
    policy = django_filters.ModelChoiceFilter(
        field_name="version__policy", queryset=Policy.objects.all(), label=gettext_lazy("Policy")
    )

    class Meta:
        model = Notice
        fields = ["policy", "state", "kind"]


class NoticesReport(Report):
    """All notices, newest first, with how far each has come."""

    model = Notice
    permission_policy = ModelPermissionPolicy(Notice)
    index_url_name = "wagtail_privacy:notices"
    page_title = gettext_lazy("Notices")
    template_name = "wagtail_privacy/admin/notices.html"
    filterset_class = NoticeFilters
    verbose_name_plural = gettext_lazy("notices")
    columns = [
        TitleColumn("name", label=gettext_lazy("Notice"), accessor=notice_title, get_url=notice_report_url),
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column(
            "created_at",
            label=gettext_lazy("Decided"),
            accessor=lambda notice: moment(notice.created_at),
            classname="privacy-moment",
        ),
        Column("people", label=gettext_lazy("People"), accessor=lambda notice: notice.tally.total),
        Column("sent", label=pgettext_lazy("number of people", "Sent"), accessor=lambda notice: notice.tally.sent),
        Column(
            "failed", label=pgettext_lazy("number of people", "Failed"), accessor=lambda notice: notice.tally.failed
        ),
        Column(
            "in_doubt",
            label=pgettext_lazy("number of people", "In doubt"),
            accessor=lambda notice: notice.tally.in_doubt,
        ),
    ]

    def get_base_queryset(self) -> QuerySet[Notice]:
        return with_titles(Notice.objects.order_by("-pk"))

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator, page, notices, is_paginated = super().paginate_queryset(queryset, page_size)
        counted = tallies(notices)
        for notice in notices:
            notice.tally = counted[notice.pk]
        return paginator, page, notices, is_paginated

    def parent_breadcrumbs(self) -> list[dict[str, Any]]:
        return []

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return {**context, "may_see_people": Permissions.for_user(self.request.user).view_delivery}


def languages_told() -> list[tuple[str, str]]:
    """The site's languages, and those that people were told in when the site had them."""
    told = Wording.objects.order_by().values_list("language", flat=True).distinct()
    return [(code, language_name(code)) for code in dict.fromkeys([*get_content_languages(), *told])]


class DeliveryFilters(WagtailFilterSet):
    state = django_filters.ChoiceFilter(choices=DeliveryState.choices, label=gettext_lazy("State"))
    language = django_filters.ChoiceFilter(choices=languages_told, label=gettext_lazy("Language"))

    class Meta:
        model = Delivery
        fields = ["state", "language"]


def person_name(delivery: Delivery) -> str:
    """The person's name and user name; of a deleted account nothing is known any more."""
    if delivery.user is None:
        return _("Account deleted")
    name, username = name_of_user(delivery.user), delivery.user.get_username()
    return f"{name} ({username})" if name else username


def name_of_user(user: Any) -> str:
    return read_person(Audience(), user).name


def person_report_url(delivery: Delivery) -> str | None:
    if delivery.user is None:
        return None
    return f"{reverse('wagtail_privacy:told')}?{urlencode({'q': delivery.user.get_username()})}"


def reason_in_words(delivery: Delivery) -> str:
    """The delivery's error: one of our reasons in words, else the mail server's code."""
    reason = delivery.error
    return str(Reason(reason).label) if reason in Reason.values else str(CODES.get(reason, reason))


def receipt_state(delivery: Delivery) -> str:
    """What the mail provider said became of it."""
    receipt = getattr(delivery, "receipt", None)
    return str(receipt.get_state_display()) if receipt else ""


def remarks(delivery: Delivery) -> str:
    return " · ".join(filter(None, [reason_in_words(delivery), receipt_state(delivery)]))


class DeliveryReport(Report):
    """Deliveries: the ledger's rows, each with its person. They can be searched and taken out as a table."""

    model = Delivery
    permission_policy = ModelPermissionPolicy(Delivery)
    filterset_class = DeliveryFilters
    is_searchable = True
    verbose_name_plural = gettext_lazy("deliveries")
    columns = [
        TitleColumn("person", label=gettext_lazy("Person"), accessor=person_name, get_url=person_report_url),
        Column("language", label=gettext_lazy("Language"), accessor=lambda row: language_name(row.language)),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        Column(
            "sent_at",
            label=pgettext_lazy("time", "Sent"),
            accessor=lambda row: moment(row.sent_at),
            classname="privacy-moment",
        ),
        Column("remark", label=gettext_lazy("Remark"), accessor=remarks),
    ]
    export_headings = {
        "notice": gettext_lazy("Notice"),
        "username": gettext_lazy("User name"),
        "name": gettext_lazy("Name"),
        "email": gettext_lazy("E-mail address today"),
        "language": gettext_lazy("Language"),
        "state": gettext_lazy("State"),
        "sent_at": pgettext_lazy("time", "Sent"),
        "attempts": gettext_lazy("Attempts"),
        "remark": gettext_lazy("Remark"),
        "receipt": gettext_lazy("Receipt"),
    }
    list_export = [*export_headings]
    export_filename = "deliveries"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An export is written row by row: however many people there are, few are in memory."""
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        rows = self.get_queryset().iterator(chunk_size=1000)
        response = self.as_spreadsheet(rows, request.GET["export"])
        if response.streaming:
            response.streaming_content = streamed_in_language(get_language(), response.streaming_content)
        return response

    def get_base_queryset(self) -> QuerySet[Delivery]:
        return Delivery.objects.select_related("user", "receipt").order_by("pk")

    def search_queryset(self, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        return filter_by_person(self.search_query, queryset) if self.is_searching else queryset

    def notice_of(self, delivery: Delivery) -> str:
        raise NotImplementedError

    def to_row_dict(self, item: Delivery) -> OrderedDict[str, Any]:
        user = item.user
        row = {
            "notice": self.notice_of(item),
            "username": user.get_username() if user else "",
            "name": name_of_user(user) if user else "",
            "email": getattr(user, user.get_email_field_name()) if user else "",
            "language": item.language,
            "state": str(item.get_state_display()),
            # A spreadsheet has no time zones: the site's, as on the page.
            "sent_at": timezone.make_naive(item.sent_at) if item.sent_at else None,
            "attempts": item.attempts,
            "remark": reason_in_words(item),
            "receipt": receipt_state(item),
        }
        return OrderedDict((key, escape_formula(value)) for key, value in row.items())


def streamed_in_language(language: str | None, parts: Iterable[bytes]) -> Iterator[bytes]:
    """``parts``, each rendered in ``language``: a streamed response is rendered after the request is over."""
    parts = iter(parts)
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


def escape_formula(value: Any) -> Any:
    """``value`` for a cell: text that a spreadsheet would run as a formula is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def filter_by_person(query: str, deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those of ``deliveries`` to whoever has ``query`` as user name or e-mail address, or had it when the mail went."""
    users = get_user_model()
    called = {f"{users.USERNAME_FIELD}__iexact": query}
    reached = {f"{users.get_email_field_name()}__iexact": query}
    people = users._default_manager.filter(Q(**called) | Q(**reached)).values("pk")
    # The address is looked up notice by notice: the index begins with the notice.
    notices = list(Notice.objects.values_list("pk", flat=True))
    return deliveries.filter(Q(user__in=people) | Q(notice__in=notices, address_hash=address_hash(query)))


class NoticeReport(DeliveryReport):
    """One notice: its totals for who may see notices, its people for who may see those of the policy."""

    permission_policy = ModelPermissionPolicy(Notice)
    index_url_name = "wagtail_privacy:notice"
    template_name = "wagtail_privacy/admin/notice.html"

    @cached_property
    def notice(self) -> Notice:
        return get_object_or_404(with_titles(Notice.objects.all()), pk=self.kwargs["notice_id"])

    @cached_property
    def may_see_people(self) -> bool:
        return may_see_people(self.notice.version.policy, self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asks_for_people = self.is_export or self.results_only or "q" in request.GET
        if asks_for_people:
            Permissions.for_user(request.user).require("view_delivery")
            require_see_people(self.notice.version.policy, request.user)
        return super().dispatch(request, *args, **kwargs)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_searchable = self.may_see_people

    @cached_property
    def show_export_buttons(self) -> bool:
        return self.may_see_people

    def get_page_title(self) -> str:
        return f"{notice_title(self.notice)}: {self.notice.get_kind_display()}"

    def get_base_queryset(self) -> QuerySet[Delivery]:
        rows = super().get_base_queryset()
        return rows.filter(notice=self.notice) if self.may_see_people else rows.none()

    def notice_of(self, delivery: Delivery) -> str:
        return notice_title(self.notice)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        notice = self.notice
        tally, seal = tallies([notice])[notice.pk], last_seal(notice)
        may = Permissions.for_policy(self.request.user, notice.version.policy)
        actions = offered(notice, tally) if may.manage_notices else []
        return {
            **super().get_context_data(*args, **kwargs),
            "notice": notice,
            "paused_because": CODES.get(notice.paused_because, notice.paused_because),
            "placeholders": explain(placeholders_of(notice.version)) if notice.paused_because == PLACEHOLDERS else "",
            "tally": tally,
            "languages": [language_name(code) for code in tally.languages],
            "waiting": [
                (wait, language_name(wait.language) if wait.language else "") for wait in delayed_deliveries(notice)
            ],
            "reasons": _reasons(notice, seal.data if seal else {}),
            "seal": seal,
            "wordings": [(wording, _languages_of_wording(wording)) for wording in _wordings(notice)],
            "actions": actions,
            "may_see_people": self.may_see_people,
        }


def _reasons(notice: Notice, sealed: dict[str, Any]) -> list[tuple[str, str, int]]:
    """How many have a remark, by state and remark, in words; most first."""
    counts = notice.reasons()
    if notice.purged_at:
        counted = sealed.get("reasons", {}).items()
        counts = {(state, reason): n for state, reasons in counted for reason, n in reasons.items()}
    found = [
        (str(DeliveryState(state).label), reason_in_words(Delivery(error=reason)), count)
        for (state, reason), count in counts.items()
    ]
    return sorted(found, key=lambda row: -row[2])


def _wordings(notice: Notice) -> Any:
    return notice.wordings.only("notice_id", "language", "said_in", "subject", "written_at")


def _languages_of_wording(wording: Wording) -> str:
    """The language that people read, and the language of the wording if that is another."""
    language = language_name(wording.language)
    if wording.said_in in ("", wording.language):
        return language
    return _("%(language)s, said in %(other)s") % {"language": language, "other": language_name(wording.said_in)}


class PersonReport(DeliveryReport):
    """Whether a person was told: every delivery about the user's own policies to them, newest notice first."""

    index_url_name = "wagtail_privacy:told"
    page_title = gettext_lazy("Was a person told?")
    template_name = "wagtail_privacy/admin/told.html"
    export_filename = "told"
    columns = [
        TitleColumn(
            "notice",
            label=gettext_lazy("Notice"),
            accessor=lambda row: notice_title(row.notice),
            get_url=lambda row: notice_report_url(row.notice),
        ),
        Column("kind", label=gettext_lazy("Kind"), accessor=lambda row: row.notice.get_kind_display()),
        Column("person", label=gettext_lazy("Person"), accessor=person_name),
        *DeliveryReport.columns[1:],
    ]

    def get_base_queryset(self) -> QuerySet[Delivery]:
        if not self.is_searching:
            return Delivery.objects.none()
        texts = Text.objects.only("version_id", "language", "title", "edition").order_by("edition")
        rows = super().get_base_queryset().select_related("user", "receipt", "notice__version__policy")
        rows = rows.filter(notice__version__policy__in=policies_of(self.request.user))
        return rows.prefetch_related(Prefetch("notice__version__texts", texts)).order_by("-notice", "pk")

    @cached_property
    def no_results_message(self) -> str:
        if not self.is_searching:
            return str(_("Write the whole e-mail address or user name of a person to see what they were told."))
        return str(_("Nothing is recorded for “%(query)s”. Write the whole address or user name.")) % {
            "query": self.search_query
        }

    def notice_of(self, delivery: Delivery) -> str:
        return f"{notice_title(delivery.notice)}: {delivery.notice.get_kind_display()}"


class NoticesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(Permissions.for_user(request.user).view_notice)


def urls() -> Iterator[tuple[str, Any, str]]:
    """Pattern, view and name of each report, and of the part of it that is fetched anew while filtering."""
    for pattern, report, name in (
        ("notices/", NoticesReport, "notices"),
        ("notices/told/", PersonReport, "told"),
        ("notices/<int:notice_id>/", NoticeReport, "notice"),
    ):
        yield pattern, report.as_view(), name
        yield f"{pattern}results/", report.as_view(results_only=True), f"{name}_results"
