"""Whether the site translates with wagtail-localize: one in a single language has no need of the app."""

from __future__ import annotations

from wagtail_privacy.before_models import is_listed

#: Read off the settings, since it is asked while models load.
USES_LOCALIZE = is_listed("wagtail_localize")
