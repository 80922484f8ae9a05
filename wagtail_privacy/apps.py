from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WagtailPrivacyConfig(AppConfig):
    name = "wagtail_privacy"
    label = "wagtail_privacy"
    verbose_name = _("Privacy policies")
    default_auto_field = "django.db.models.BigAutoField"
