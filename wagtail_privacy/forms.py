"""The policy page's form: what a person can mend is said here, before the recorder decides by itself (DESIGN 4.3)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from copy import copy
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from wagtail_privacy.actions.moment import at
from wagtail_privacy.actions.plan import Problem
from wagtail_privacy.actions.translation import makes_versions
from wagtail_privacy.models.policy import Policy
from wagtail_privacy.models.version import Version

logger = logging.getLogger("wagtail_privacy")

#: The editor's answers about the next publication.
ANSWERS = ("change_materiality", "change_summary", "change_takes_effect", "change_reason")
NO_FORESIGHT = gettext_lazy(
    "What this publication would change could not be worked out, so it was not published. Your text is not lost: "
    "save it as a draft and tell your administrator, who finds the cause in the log."
)


class PolicyPageForm(WagtailAdminPageForm):
    """Asks for the answers when it publishes or submits, never when it saves a draft.

    ``change_base`` is the version that was newest when the form was opened: the answers hold for a change of
    that one, and a newer one means that somebody else published meanwhile.
    """

    change_base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    data: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy: Policy | None = self.instance.policy
        self.newest = policy.newest_version() if policy else None
        self.is_translation = bool(self.newest and policy and _is_translation(self.instance, policy))
        self._leave_out_what_is_not_asked()
        self._offer_choices(tells_users=policy.tells_users if policy else True)
        base = self._base()
        if self.instance.change_base != base:
            self.initial |= dict.fromkeys(ANSWERS)
        self.initial["change_base"] = base

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        says_base = self.add_prefix("change_base") in self.data and not self.is_translation
        self.instance.change_base = cleaned.get("change_base") if says_base else self._base()
        if self.is_deferred_validation or self.errors or self._sends_back():
            return cleaned
        if self.newest and not self.is_translation and self.instance.change_base != self.newest.number:
            self._say_who_was_faster(self.newest)
        for problem in self._problems(cleaned):
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)
        return cleaned

    def _leave_out_what_is_not_asked(self) -> None:
        """A first version has no change to ask about, a translation follows the version that it translates."""
        unasked: tuple[str, ...] = ANSWERS if self.newest is None else ()
        if self.is_translation:
            unasked = ("change_materiality", "change_takes_effect", "change_reason")
        for name in unasked:
            self.fields.pop(name, None)

    def _offer_choices(self, *, tells_users: bool) -> None:
        if field := self.fields.get("change_materiality"):
            field.choices = list(choices(tells_users=tells_users))

    def _base(self) -> int | None:
        """The number of the version that the answers are about a change of."""
        version: Version | None = self.newest
        if self.is_translation:
            try:
                translated = self.instance.plan().version
            except Exception:
                logger.warning("Could not plan the publication of page %s.", self.instance.pk, exc_info=True)
                return None
            version = translated.builds_on if translated else None
        return version.number if version else None

    def _say_who_was_faster(self, version: Version) -> None:
        """Stop once. The form then stands on the newer version, so that publishing again means it."""
        self.data = self.data.copy()
        self.data[self.add_prefix("change_base")] = str(version.number)
        self.instance.change_base = version.number
        by = version.published_by
        words = {"number": version.number, "name": (by.get_full_name() or by.get_username()) if by else _("Somebody")}
        self.add_error(
            None,
            _(
                "%(name)s published version %(number)s while you were editing, and your text is without its changes. "
                "The tab Publication shows what yours would change in it. Publish again to do that, or open the page "
                "anew to start from version %(number)s."
            )
            % words,
        )

    def _sends_back(self) -> bool:
        """Whether a reviewer does something else with the draft than to approve it."""
        return "action-workflow-action" in self.data and self.data.get("workflow-action-name") != "approve"

    def _who_decides(self) -> Any:
        """Who must have the permissions; nobody yet where the draft is handed on to those who approve it."""
        if "action-publish" in self.data:
            return self.for_user
        if "action-submit" in self.data or "action-restart-workflow" in self.data:
            return None
        state = self.instance.current_workflow_state if "action-workflow-action" in self.data else None
        return None if state and not state.is_at_final_task else self.for_user

    def _problems(self, cleaned: dict[str, Any]) -> list[Problem]:
        """The dry run: what stands in the way of publishing what was filled in."""
        draft = copy(self.instance)
        for name in ("title", "body", *ANSWERS):
            if name in cleaned:
                setattr(draft, name, cleaned[name])
        go_live = cleaned.get("go_live_at")
        try:
            with at(go_live if go_live and go_live > timezone.now() else None):
                return list(draft.plan(self._who_decides()).problems())
        except Exception:
            logger.exception("Could not plan the publication of page %s.", self.instance.pk)
            return [Problem("", str(NO_FORESIGHT))]


def choices(*, tells_users: bool) -> Iterator[tuple[str, str]]:
    """The answers to "Must people be told?", each by its consequence."""
    told = (
        _("Each registered user gets an e-mail before it takes effect.")
        if tells_users
        else _("It is announced on the site before it takes effect.")
    )
    yield "", _choice(_("As the rules propose"), _("The proposal and its reasons stand above."))
    yield "material", _choice(_("Yes"), told)
    untold = _("It takes effect at once, or on the day you choose, and stands in the change history.")
    yield "minor", _choice(_("No"), untold)
    yield "benefit", _choice(_("No, it is to people’s advantage"), untold)
    yield (
        "editorial",
        _choice(_("No, only the wording was corrected"), _("The change history folds it away. Translations go on.")),
    )


def _choice(answer: str, consequence: str) -> str:
    return format_html('{} <span class="privacy-consequence">{}</span>', answer, consequence)


def _is_translation(page: Any, policy: Policy) -> bool:
    return not makes_versions(page, policy)
