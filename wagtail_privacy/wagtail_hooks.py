"""Registration only: what is registered lives elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from wagtail_privacy import admin_views, life_views
from wagtail_privacy.logged import LOGGED, formatter
from wagtail_privacy.models import Policy, PolicyPageMixin
from wagtail_privacy.outcome import outcome_of
from wagtail_privacy.viewsets import PrivacyViewSetGroup

register_snippet(PrivacyViewSetGroup)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    urls = [
        path("pages/<int:page_id>/outlook/", admin_views.outlook, name="outlook"),
        path("versions/<int:version_id>/day/", life_views.day, name="day"),
        path("versions/<int:version_id>/withdraw/", life_views.withdrawal, name="withdraw"),
        path("versions/<int:version_id>/summary/<str:language>/", life_views.summary, name="summary"),
        path("versions/<int:version_id>/wording/<str:language>/", life_views.wording, name="wording"),
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
        buttons = [messages.button(outcome.address, outcome.link)] if outcome.address else []
        messages.info(request, outcome.message, buttons=buttons)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, (label, message) in LOGGED.items():
        actions.register_action(action)(formatter(label, message))


@hooks.register("register_permissions")
def register_permissions() -> Any:
    """What a group may decide about policies, for Wagtail's group screens."""
    codenames = [codename for codename, _name in Policy._meta.permissions]
    return Permission.objects.filter(content_type__app_label="wagtail_privacy", codename__in=codenames)
