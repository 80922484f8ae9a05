"""The policy page's form: it validates the answers, which the recorder only takes as they are."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.utils import get_user_display_name

from wagtail_privacy.actions.may_publish import Problem
from wagtail_privacy.actions.proposal import current_publication, newest_version
from wagtail_privacy.actions.translated_version import makes_versions
from wagtail_privacy.changes.doubts import ANSWERS as ANSWERS_TO_DOUBT
from wagtail_privacy.changes.doubts import DoubtAnswer
from wagtail_privacy.policy.characters import is_legible, legible_values
from wagtail_privacy.publication.preview import find_problems
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Version

logger = logging.getLogger("wagtail_privacy")

#: The editor's answers about the next publication.
ANSWERS = ("change_materiality", "change_summary", "change_takes_effect", "change_reason")
#: What the names of answers to changes in doubt begin with in the form, and what those of their sentences end with.
DOUBT, NOTE = "change_doubts-", "-note"
LONGEST_NOTE = 500
_KEY = re.compile(r"[0-9a-f]{32}")


class PolicyPageForm(WagtailAdminPageForm):
    """Asks for the answers when it publishes or submits, never when it saves a draft.

    ``change_base`` is the version that was newest when the form was opened: the answers hold for a change of
    that one, and a newer one means that somebody else published meanwhile.
    """

    change_base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    data: Any

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_legible_data(data), *args, **kwargs)
        self.policy: Policy | None = self.instance.policy
        policy = self.policy
        self.newest = newest_version(policy) if policy else None
        self.is_translation = bool(self.newest and policy and _is_translation(self.instance, policy))
        self._remove_unused_fields()
        self._set_choices(tells_users=policy.tells_users if policy else True)
        base = self._base()
        if self.instance.change_base != base:
            self.initial |= dict.fromkeys(ANSWERS)
        self.initial["change_base"] = base

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.instance.change_doubts = self._doubt_answers()
        says_base = self.add_prefix("change_base") in self.data and not self.is_translation
        self.instance.change_base = cleaned.get("change_base") if says_base else self._base()
        if self.is_deferred_validation or self.errors or self._is_rejection():
            return cleaned
        if self.newest and not self.is_translation and self.instance.change_base != self.newest.number:
            self._add_conflict_error(self.newest)
        for problem in self._problems(cleaned):
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)
        return cleaned

    def _doubt_answers(self) -> dict[str, dict[str, str]]:
        """What the page holds, with what was posted: who and when are the server's to say."""
        found: dict[str, dict[str, str]] = {key: a.to_json() for key, a in self.instance.doubt_answers.items()}
        for name in self.data:
            if name.startswith(DOUBT) and not name.endswith(NOTE):
                key = name.removeprefix(DOUBT)
                posted = DoubtAnswer(self.data[name], self.data.get(f"{name}{NOTE}", "").strip()[:LONGEST_NOTE])
                if posted.answer in ANSWERS_TO_DOUBT and _KEY.fullmatch(key) and not _is_same(found.get(key), posted):
                    by = str(self.for_user.pk) if self.for_user else ""
                    found[key] = replace(posted, by=by, at=timezone.now().isoformat(timespec="seconds")).to_json()
        return found

    def _remove_unused_fields(self) -> None:
        """Remove the questions that do not apply: for a first version all, for a translation all but the summary."""
        unasked: tuple[str, ...] = ANSWERS if self.newest is None else ()
        if self.is_translation:
            unasked = ("change_materiality", "change_takes_effect", "change_reason")
        for name in unasked:
            self.fields.pop(name, None)

    def _set_choices(self, *, tells_users: bool) -> None:
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

    def _add_conflict_error(self, version: Version) -> None:
        """Stop once. The form is then based on the newer version, so that publishing again is deliberate."""
        self.data = self.data.copy()
        self.data[self.add_prefix("change_base")] = str(version.number)
        self.instance.change_base = version.number
        by = version.published_by
        words = {"number": version.number, "name": get_user_display_name(by) if by else _("Somebody")}
        self.add_error(
            None,
            _(
                "%(name)s published version %(number)s while you were editing, and your text is without its changes. "
                "The tab Publication shows what yours would change in it. Publish again to do that, or open the page "
                "anew to start from version %(number)s."
            )
            % words,
        )

    def _is_rejection(self) -> bool:
        """Whether a workflow action other than "approve" is taken."""
        return "action-workflow-action" in self.data and self.data.get("workflow-action-name") != "approve"

    def _user_who_decides(self) -> Any:
        """Whose permissions are checked; ``None`` while the draft still has to be approved by others."""
        if "action-publish" in self.data:
            return self.for_user
        if "action-submit" in self.data or "action-restart-workflow" in self.data:
            return None
        state = self.instance.current_workflow_state if "action-workflow-action" in self.data else None
        return None if state and not state.is_at_final_task else self.for_user

    def _problems(self, cleaned: dict[str, Any]) -> list[Problem]:
        """Why the draft cannot be published with what was filled in."""
        draft = copy(self.instance)
        for name in ("title", "body", "go_live_at", *ANSWERS):
            if name in cleaned:
                setattr(draft, name, cleaned[name])
        problems = find_problems(draft, self._user_who_decides(), policy=self.policy)
        if not problems and draft.pk:
            current_publication().checked.add(draft.pk)
        return problems


def _is_same(stored: dict[str, str] | None, posted: DoubtAnswer) -> bool:
    """Whether the answer stands as it was given before, by whoever gave it."""
    return stored is not None and (stored.get("answer"), stored.get("note", "")) == (posted.answer, posted.note)


def _legible_data(data: Any) -> Any:
    """What a browser sent, without characters that a text can't have: a word processor's may come with a copy."""
    if not isinstance(data, MultiValueDict):
        return data
    # Nearly always, and a long policy's form has thousands of values.
    if all(is_legible("\n".join(values)) for _name, values in data.lists()):
        return data
    cleaned = QueryDict(mutable=True, encoding=getattr(data, "encoding", None))
    for name, values in data.lists():
        cleaned.setlist(name, legible_values(values))
    return cleaned


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
        _choice(
            _("No, only the wording was corrected"),
            _("The change history folds it away. Translations of the same facts go on."),
        ),
    )


def _choice(answer: str, consequence: str) -> str:
    return format_html('{} <span class="privacy-consequence">{}</span>', answer, consequence)


def _is_translation(page: Any, policy: Policy) -> bool:
    return not makes_versions(page, policy)
