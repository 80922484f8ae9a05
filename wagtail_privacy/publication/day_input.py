"""Where an editor gives the day from which a version applies."""

from __future__ import annotations

from typing import Any

from wagtail.admin.widgets import AdminDateInput

from wagtail_privacy.blocks.fields import typed_date

A_DAY = len("2026-12-01")


class DayInput(AdminDateInput):
    """A day that is picked, or typed in digits or in words: "1 December 2026".

    Wagtail's picker makes today of what it cannot read, as soon as the field is left: people would be told of another
    day than the editor typed. Here it stays as it was typed, and the form says so if it is no day.
    """

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "validateOnBlur": False}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        found = typed_date(typed) if typed else ""
        return found if len(found) == A_DAY else typed
