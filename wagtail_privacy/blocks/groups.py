"""The headings in the block picker."""

from django.utils.translation import gettext_lazy as _

WHO = _("Who is responsible")
WHAT = _("What data and why")
WHERE = _("Who receives data, and where")
HOW_LONG = _("How long")
RIGHTS = _("Rights and choices")
PROMISES = _("Promises and protection")
POLICY = _("About the policy itself")
FREE = _("Free text and services")
