"""Registers hooks; the code is elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import PluginFeature
from wagtail.snippets.models import register_snippet

from wagtail_privacy.admin import (
    import_views,
    mail_views,
    notice_views,
    page_views,
    register_views,
    removal_views,
    reports,
    review_views,
    start_views,
    text_views,
    version_views,
    workflow_views,
)
from wagtail_privacy.admin.approvals import with_changes
from wagtail_privacy.admin.attention import AttentionPanel
from wagtail_privacy.admin.audit_log import LOG_ACTIONS, formatter
from wagtail_privacy.admin.menu import page_buttons
from wagtail_privacy.admin.viewsets import PrivacyViewSetGroup
from wagtail_privacy.blocks.fields import PASTED_TABLES
from wagtail_privacy.page.mixin import PolicyPageMixin
from wagtail_privacy.page_model import page_model
from wagtail_privacy.publication.keep_draft import publish_or_keep_draft
from wagtail_privacy.publication.result import publication_result
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.register import RegisterEntry

register_snippet(PrivacyViewSetGroup)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[Any]:
    urls = [
        path("start/", start_views.start, name="start"),
        path("start/with/", start_views.start_with, name="start_with"),
        path("import/", import_views.start, name="import"),
        path("import/check/", import_views.check, name="import_check"),
        path("pages/<int:page_id>/import/", import_views.start, name="import_into"),
        path("pages/<int:page_id>/import/history/", import_views.history, name="import_history"),
        path("pages/<int:page_id>/outlook/", page_views.outlook, name="outlook"),
        path("pages/<int:page_id>/findings/<str:question>/", review_views.finding, name="finding"),
        path("policies/<int:policy_id>/reviewed/", review_views.reviewed, name="reviewed"),
        path("versions/<int:version_id>/day/", version_views.day, name="day"),
        path("versions/<int:version_id>/withdraw/", version_views.withdrawal, name="withdraw"),
        path("versions/<int:version_id>/text/<str:language>/", text_views.recorded, name="recorded"),
        path("versions/<int:version_id>/summary/<str:language>/", version_views.summary, name="summary"),
        path("versions/<int:version_id>/wording/<str:language>/", version_views.wording, name="wording"),
    ]
    urls.append(path("register/<str:kind>/<int:pk>/draft/", register_views.draft, name="draft"))
    urls += [
        path("pages/<int:page_id>/mail/", mail_views.mail, name="mail"),
        path("pages/<int:page_id>/mail/<str:language>/", mail_views.mail_as_html, name="mail_as_html"),
        path("pages/<int:page_id>/mail/<str:language>/test/", mail_views.test_mail, name="test_mail"),
        path("pages/<int:page_id>/removal/mail/", mail_views.removal_mail, name="removal_mail"),
        path("pages/<int:page_id>/removal/mail/<str:language>/", mail_views.removal_mail_as_html, name="removal_html"),
        path("pages/<int:page_id>/removal/mail/<str:language>/test/", mail_views.test_removal, name="test_removal"),
        path("policies/<int:policy_id>/people/", mail_views.dry_run, name="dry_run"),
        path("notices/<int:notice_id>/said/<int:wording_id>/", mail_views.wording, name="wording_of_notice"),
        path("notices/<int:notice_id>/said/<int:wording_id>/html/", mail_views.wording_as_html, name="wording_as_html"),
        path("notices/<int:notice_id>/do/<str:name>/", notice_views.steer, name="steer"),
        *(path(pattern, view, name=name) for pattern, view, name in reports.urls()),
    ]
    return [path("privacy/", include((urls, "wagtail_privacy")))]


# Before a site's, which prevail.
@hooks.register("register_admin_viewset", order=-1)
def register_page_viewsets() -> list[Any]:
    return list(workflow_views.page_viewsets())


@hooks.register("before_create_page")
def guard_creation(request: HttpRequest, parent: Any, page_class: Any) -> HttpResponse | None:
    return publish_or_keep_draft(request) if issubclass(page_class, PolicyPageMixin) else None


@hooks.register("before_edit_page")
def guard_edit(request: HttpRequest, page: Any) -> HttpResponse | None:
    return publish_or_keep_draft(request) if isinstance(page, PolicyPageMixin) else None


# Before wagtail-localize's hook, which answers with its own editor.
@hooks.register("before_edit_page", order=-1)
def show_translation_status(request: HttpRequest, page: Any) -> HttpResponse | None:
    if not isinstance(page, PolicyPageMixin):
        return None
    page_views.show_translation_status(request, page)
    return page_views.block_translation(request, page)


@hooks.register("before_publish_page")
def explain_why_blocked(request: HttpRequest, page: Any) -> HttpResponse | None:
    return page_views.block_publication(request, page) if isinstance(page, PolicyPageMixin) else None


@hooks.register("before_copy_page")
def explain_why_copies_are_blocked(request: HttpRequest, page: Any) -> HttpResponse | None:
    return page_views.block_copies(request, page)


@hooks.register("before_convert_alias_page")
def explain_why_conversion_is_blocked(request: HttpRequest, page: Any) -> HttpResponse | None:
    return page_views.block_conversion(request, page)


@hooks.register("before_delete_page")
def before_deletion(request: HttpRequest, page: Any) -> HttpResponse | None:
    return removal_views.tell_people(request)


@hooks.register("before_unpublish_page")
def before_unpublishing(request: HttpRequest, page: Any) -> HttpResponse | None:
    return removal_views.tell_people(request)


@hooks.register("before_move_page")
def before_move(request: HttpRequest, page: Any, destination: Any) -> None:
    removal_views.show_what_move_means(request, page, destination)


@hooks.register("before_bulk_action")
def before_bulk_action(request: HttpRequest, kind: str, pages: Any, action: Any) -> HttpResponse | None:
    if kind in ("unpublish", "delete") and issubclass(action.model, page_model()):
        return removal_views.tell_people(request)
    if kind != "publish" or request.method != "POST":
        return None
    return page_views.block_bulk_publication(request, pages, action.next_url)


@hooks.register("after_publish_page")
def show_publication_result(request: HttpRequest, page: Any) -> None:
    if isinstance(page, PolicyPageMixin) and (result := publication_result(page)):
        page_views.show_result(request, result)


@hooks.register("after_edit_page")
def show_result_after_approval(request: HttpRequest, page: Any) -> None:
    """The last approval publishes, and Wagtail has no other hook there."""
    if "action-workflow-action" in request.POST and isinstance(page, PolicyPageMixin):
        stored = type(page)._default_manager.get(pk=page.pk)
        if stored.live and not stored.has_unpublished_changes and not stored.workflow_in_progress:
            show_publication_result(request, stored)


@hooks.register("after_edit_snippet")
def show_pages_to_republish(request: HttpRequest, entry: Any) -> None:
    if isinstance(entry, RegisterEntry):
        register_views.show_pages_to_republish(request, entry)


@hooks.register("before_delete_snippet")
def refuse_deletion(request: HttpRequest, entries: Any) -> HttpResponse | None:
    return register_views.refuse_deletion(request, entries)


@hooks.register("register_page_header_buttons")
def offer_what_can_be_done_about_versions(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Any:
    specific = page.specific
    return page_buttons(specific, user) if isinstance(specific, PolicyPageMixin) else []


@hooks.register("construct_homepage_panels")
def show_what_needs_attention(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [*with_changes(panels), AttentionPanel()]


@hooks.register("register_reports_menu_item")
def register_notices_menu_item() -> Any:
    return reports.NoticesMenuItem(_("Notices"), reverse("wagtail_privacy:notices"), icon_name="mail", order=1200)


@hooks.register("register_rich_text_features")
def register_pasted_tables(features: Any) -> None:
    """A pasted table becomes a table block or lines; see ``js/tables.js``."""
    css = {"all": ["wagtail_privacy/css/tables.css"]}
    plugin = PluginFeature({"type": PASTED_TABLES}, js=["wagtail_privacy/js/tables.js"], css=css)
    features.register_editor_plugin("draftail", PASTED_TABLES, plugin)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        actions.register_action(action)(formatter(label, message))


@hooks.register("register_permissions")
def register_permissions() -> Any:
    """What a group may decide about policies, for Wagtail's group screens."""
    codenames = [codename for codename, _name in Policy._meta.permissions]
    codenames += ["view_notice", "view_delivery"]
    return Permission.objects.filter(content_type__app_label="wagtail_privacy", codename__in=codenames)
