"""Compare what stands outside a policy's chain with what its events say: settings, versions, notices, ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from wagtail_privacy.records.chain import moment, sha256
from wagtail_privacy.records.earlier_chains import named_policies
from wagtail_privacy.records.ledger_totals import ledger_of, wordings_of
from wagtail_privacy.records.notice import DeliveryState, Notice, NoticeState
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import CHANGES_OF_PLAN, Event, EventKind, Version

Json = dict[str, Any]
#: A column, or what is counted, with what the events say of it and what the rows do.
Difference = tuple[str, Any, Any]


class SealedFacts:
    """What the events of ``policy`` say so far, and the rows that they say it of, as these are when it is made."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._versions = list(policy.versions.select_related("builds_on").order_by("number"))
        self._notices = list(Notice.objects.filter(version__policy=policy).select_related("version").order_by("pk"))
        #: The seals printed in notices that were in no row yet.
        self.heads = {notice.head for notice in self._notices} - {""}
        self._settings: Json = {}
        self._expected: dict[int, Json] = {}
        self._publishers: dict[int, str] = {}
        self._issued: dict[int, Json] = {}
        self._totals: dict[int, Json] = {}
        self._named: set[str] = set()
        self._is_bound = False

    def learn(self, event: Event) -> None:
        """Take in what ``event``, the next of the chain, says."""
        number = event.version.number
        if event.kind == EventKind.PUBLISHED and event.data and number not in self._publishers:
            facts = {name: value for name, value in event.data.items() if name != "language"}
            row = {"published_at": moment(event.at), "stated_on": "", "reason": event.reason, "withdrawn_at": None}
            self._expected.setdefault(number, {}).update(row | facts)
            self._publishers[number] = event.by_key
        elif event.kind == EventKind.IMPORTED and number not in self._publishers:
            row = {"stated_on": "", "reason": event.reason, "withdrawn_at": None}
            self._expected.setdefault(number, {}).update(row | dict(event.data))
            self._publishers[number] = event.by_key
        elif event.kind in CHANGES_OF_PLAN:
            expected = self._expected.setdefault(number, {})
            expected["takes_effect_at"] = event.data.get("to", expected.get("takes_effect_at"))
            if event.kind == EventKind.WITHDRAWN:
                expected["withdrawn_at"] = moment(event.at)
        elif event.kind == EventKind.TOLD:
            self._learn_totals(event)
        elif event.kind == EventKind.SEALED:
            self._learn_sealed(event)

    def _learn_totals(self, event: Event) -> None:
        summary = event.data
        self._totals[summary["notice"]] = {**summary, "at": event.at}
        facts = {name: summary[name] for name in ("kind", "about", "created_at", "head")}
        self._issued.setdefault(summary["notice"], {"id": summary["notice"], "version": event.version.number, **facts})

    def _learn_sealed(self, event: Event) -> None:
        data = event.data
        self._is_bound = True
        self._settings = data.get("policy", self._settings)
        self._named |= named_policies([data])
        for notice in (*data.get("notices", ()), *filter(None, [data.get("notice")])):
            self._issued[notice["id"]] = notice
        revisions = data.get("revisions", {})
        if "revision_id" in data:
            revisions = {event.version.number: data["revision_id"]}
        for number, revision in revisions.items():
            self._expected.setdefault(int(number), {})["revision_id"] = revision

    def faults(self) -> Iterator[str]:
        """What stands outside the chain and is not as the events say, once all of them are known."""
        yield from self._faults_of_policy()
        for version in self._versions:
            yield from self._faults_of_version(version)
        for notice in self._notices:
            yield from self._faults_of_notice(notice)
        for facts in self._issued.values():
            yield _("Missing: notice %(id)s about version %(version)s.") % facts

    def _faults_of_policy(self) -> Iterator[str]:
        for name, expected, found in _differences(self._settings, self._policy.settings()):
            yield _("Altered: %(column)s of the policy. Its events say %(expected)r, the row %(found)r.") % {
                "column": name,
                "expected": expected,
                "found": found,
            }
        keys = Policy.objects.filter(translation_key__in=self._named).values_list("translation_key", flat=True)
        for key in sorted(self._named - set(map(str, keys))):
            yield _("Missing: the policy with the key %(key)s, which this chain names, and its whole history.") % {
                "key": key
            }

    def _faults_of_version(self, version: Version) -> Iterator[str]:
        expected = self._expected.get(version.number, {})
        if version.number not in self._publishers:
            yield _("Missing: the event of the publication of version %(number)s.") % {"number": version.number}
            return
        found = {
            "stated_on": version.stated_on,
            **version.facts(),
            "published_at": moment(version.published_at),
            "withdrawn_at": moment(version.withdrawn_at),
            "reason": version.reason,
        }
        if version.builds_on and version.builds_on.policy_id != version.policy_id:
            found["builds_on"] = f"{version.builds_on.number} of the policy {version.builds_on.policy_id}"
        if version.published_by_id is not None and str(version.published_by_id) != self._publishers[version.number]:
            yield _("Altered: published_by of version %(number)s.") % {"number": version.number}
        for name, said, value in _differences(expected, found):
            yield _("Altered: %(column)s of version %(number)s. Its events say %(expected)r, the row %(found)r.") % {
                "column": name,
                "number": version.number,
                "expected": said,
                "found": value,
            }

    def _faults_of_notice(self, notice: Notice) -> Iterator[str]:
        words = {"id": notice.pk, "number": notice.version.number}
        issued = self._issued.pop(notice.pk, None)
        if notice.head in self.heads:
            yield _("The digest printed in notice %(id)s about version %(number)s is in no row of the chain.") % words
        if issued is None and self._is_bound:
            yield _("Not in the chain: notice %(id)s about version %(number)s. It was put in by other means.") % words
        summary = self._totals.get(notice.pk)
        for name, expected, found in (
            *_differences(issued or {}, notice.facts()),
            *_difference_of_state(notice),
            *(_differences_of_ledger(notice, summary) if summary else ()),
        ):
            yield _(
                "Altered: %(column)s of notice %(id)s about version %(number)s. Its events say %(expected)r, its rows "
                "%(found)r."
            ) % {**words, "column": name, "expected": expected, "found": found}
        yield from _rewritten(notice)


def _rewritten(notice: Notice) -> Iterator[str]:
    for wording in notice.wordings.order_by("pk").iterator(chunk_size=10):
        if sha256([wording.subject, wording.text, wording.html]) != wording.digest:
            yield _(
                "Altered: what notice %(id)s about version %(number)s says to those who read “%(language)s”. It has "
                "another digest."
            ) % {"id": notice.pk, "number": notice.version.number, "language": wording.language}


def _differences(expected: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """Each name that both know, with what is expected and what is found, where these differ."""
    for name in sorted(expected.keys() & found.keys()):
        if expected[name] != found[name]:
            yield name, expected[name], found[name]


def _differences_of_ledger(notice: Notice, summary: Json) -> Iterator[Difference]:
    """What of ``notice`` and its ledger is not as ``summary``, the newest one that was sealed, has it.

    Whoever joins, or is tried again, is sealed only when nobody can join any more: until then the ledger may grow.
    """
    yield from _differences_of_moments(notice, summary)
    if notice.purged_at:
        yield from _missing_wordings(summary, wordings_of(notice))
        return
    found = {**ledger_of(notice), "state": str(notice.state), "finished_at": moment(notice.finished_at)}
    if not _is_settled(notice, found):
        yield from _missing_wordings(summary, found)
        yield from _missing_mails(summary, found)
    elif (differences := list(_differences(summary, found))) and _is_unchanged(notice):
        yield from differences


def _differences_of_moments(notice: Notice, summary: Json) -> Iterator[Difference]:
    found = {name: moment(getattr(notice, name)) for name in ("expanded_at", "purged_at")}
    # An empty moment may have been filled in since; whether the ledger was purged, the first format didn't say.
    known = {name: summary[name] for name in found if name in summary and (name == "purged_at" or summary[name])}
    yield from _differences(known, found)
    # Earlier releases noted the moment just before that of the event.
    if notice.sealed_at is None or (summary["format"] > 1 and notice.sealed_at < summary["at"]):
        yield "sealed_at", moment(summary["at"]), moment(notice.sealed_at)


def _is_settled(notice: Notice, found: Json) -> bool:
    """Whether the newest summary has to hold: the notice is finished, and was sealed since or could not grow then."""
    if notice.finished_at is None or notice.sealed_at is None:
        return False
    if {DeliveryState.DUE, DeliveryState.CLAIMED} & found["deliveries"].keys():
        return False  # somebody was added at the moment when it ended: the sweep takes it up again
    return notice.finished_at <= notice.sealed_at or notice.finished_at > notice.version.takes_effect_at


def _is_unchanged(notice: Notice) -> bool:
    """Whether nobody has taken ``notice`` up again since it was read."""
    columns = ("state", "finished_at", "sealed_at", "purged_at")
    return Notice.objects.filter(pk=notice.pk, **{name: getattr(notice, name) for name in columns}).exists()


def _missing_wordings(summary: Json, found: Json) -> Iterator[Difference]:
    """The languages whose wordings don't begin with those that were sealed."""
    for name in ("wordings", "said_in", "written_at"):
        for language, sealed in summary.get(name, {}).items():
            written = found[name].get(language, [])
            if written[: len(sealed)] != sealed:
                yield name, sealed, written


def _missing_mails(summary: Json, found: Json) -> Iterator[Difference]:
    """The languages in which fewer mails are noted as sent than were sealed: a mail that was sent stays sent."""
    sealed, counted = (counts["deliveries"].get(DeliveryState.SENT, {}) for counts in (summary, found))
    for language, count in sealed.items():
        if counted.get(language, 0) < count:
            yield "deliveries", sealed, counted
            return


def _difference_of_state(notice: Notice) -> Iterator[Difference]:
    """A notice is finished from the moment on that is noted, and at no other time."""
    if notice.state != NoticeState.CANCELLED and (notice.state == NoticeState.FINISHED) != bool(notice.finished_at):
        yield "state", NoticeState.FINISHED.value if notice.finished_at else NoticeState.SENDING.value, notice.state
