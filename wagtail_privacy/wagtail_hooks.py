"""Registration only: what is registered lives elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from wagtail_privacy import admin_views, life_views, mail_views, record_views, register_views, reports, steering
from wagtail_privacy.logged import LOGGED, formatter
from wagtail_privacy.models import Policy, PolicyPageMixin
from wagtail_privacy.models.register import RegisterEntry
from wagtail_privacy.outcome import outcome_of
from wagtail_privacy.viewsets import PrivacyViewSetGroup

register_snippet(PrivacyViewSetGroup)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    urls = [
        path("pages/<int:page_id>/outlook/", admin_views.outlook, name="outlook"),
        path("versions/<int:version_id>/day/", life_views.day, name="day"),
        path("versions/<int:version_id>/withdraw/", life_views.withdrawal, name="withdraw"),
        path("versions/<int:version_id>/text/<str:language>/", record_views.recorded, name="recorded"),
        path("versions/<int:version_id>/summary/<str:language>/", life_views.summary, name="summary"),
        path("versions/<int:version_id>/wording/<str:language>/", life_views.wording, name="wording"),
    ]
    urls.append(path("register/<str:kind>/<int:pk>/draft/", register_views.draft, name="draft"))
    urls += [
        path("pages/<int:page_id>/mail/", mail_views.mail, name="mail"),
        path("pages/<int:page_id>/mail/<str:language>/", mail_views.mail_as_html, name="mail_as_html"),
        path("pages/<int:page_id>/mail/<str:language>/test/", mail_views.test_mail, name="test_mail"),
        path("policies/<int:policy_id>/people/", mail_views.dry_run, name="dry_run"),
        path("notices/<int:notice_id>/said/<int:wording_id>/", mail_views.wording, name="wording_of_notice"),
        path("notices/<int:notice_id>/said/<int:wording_id>/html/", mail_views.wording_as_html, name="wording_as_html"),
        path("notices/<int:notice_id>/do/<str:name>/", steering.steer, name="steer"),
        *(path(pattern, view, name=name) for pattern, view, name in reports.urls()),
    ]
    return [path("privacy/", include((urls, "wagtail_privacy")))]


@hooks.register("before_create_page")
def guard_creation(request: HttpRequest, parent: Any, page_class: Any) -> HttpResponse | None:
    return admin_views.publish_or_keep_draft(request) if issubclass(page_class, PolicyPageMixin) else None


@hooks.register("before_edit_page")
def guard_edit(request: HttpRequest, page: Any) -> HttpResponse | None:
    return admin_views.publish_or_keep_draft(request) if isinstance(page, PolicyPageMixin) else None


# Before wagtail-localize's hook, which answers with its own editor.
@hooks.register("before_edit_page", order=-1)
def say_what_is_translated(request: HttpRequest, page: Any) -> None:
    if isinstance(page, PolicyPageMixin):
        admin_views.say_what_is_translated(request, page)


@hooks.register("before_publish_page")
def say_what_stands_in_the_way(request: HttpRequest, page: Any) -> HttpResponse | None:
    return admin_views.refuse_publication(request, page) if isinstance(page, PolicyPageMixin) else None


@hooks.register("before_bulk_action")
def say_what_stands_in_the_way_of_all(request: HttpRequest, kind: str, pages: Any, action: Any) -> HttpResponse | None:
    if kind != "publish" or request.method != "POST":
        return None
    return admin_views.refuse_bulk_publication(request, pages, action.next_url)


@hooks.register("after_publish_page")
def say_what_readers_see(request: HttpRequest, page: Any) -> None:
    if isinstance(page, PolicyPageMixin) and (outcome := outcome_of(page)):
        admin_views.say_outcome(request, outcome)


@hooks.register("after_edit_page")
def say_what_approval_came_to(request: HttpRequest, page: Any) -> None:
    """The last approval publishes, and Wagtail has no other hook there."""
    if "action-workflow-action" in request.POST and isinstance(page, PolicyPageMixin):
        stored = type(page)._default_manager.get(pk=page.pk)
        if stored.live and not stored.has_unpublished_changes and not stored.workflow_in_progress:
            say_what_readers_see(request, stored)


@hooks.register("after_edit_snippet")
def say_where_it_waits(request: HttpRequest, entry: Any) -> None:
    if isinstance(entry, RegisterEntry):
        register_views.say_where_it_waits(request, entry)


@hooks.register("before_delete_snippet")
def refuse_deletion(request: HttpRequest, entries: Any) -> HttpResponse | None:
    return register_views.refuse_deletion(request, entries)


@hooks.register("register_reports_menu_item")
def register_notices_menu_item() -> Any:
    return reports.NoticesMenuItem(_("Notices"), reverse("wagtail_privacy:notices"), icon_name="mail", order=1200)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, (label, message) in LOGGED.items():
        actions.register_action(action)(formatter(label, message))


@hooks.register("register_permissions")
def register_permissions() -> Any:
    """What a group may decide about policies, for Wagtail's group screens."""
    codenames = [codename for codename, _name in Policy._meta.permissions]
    codenames += ["view_notice", "view_delivery"]
    return Permission.objects.filter(content_type__app_label="wagtail_privacy", codename__in=codenames)
