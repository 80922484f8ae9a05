from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class WagtailPrivacyConfig(AppConfig):
    name = "wagtail_privacy"
    label = "wagtail_privacy"
    verbose_name = _("Privacy policies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_privacy import checks, language_checks  # noqa: F401 - registers the checks
        from wagtail_privacy.localized import give_locales, keep_up
        from wagtail_privacy.notices import webhooks
        from wagtail_privacy.signal_handlers import register_signal_handlers

        pre_migrate.connect(keep_up, sender=self, dispatch_uid="wagtail_privacy.keep_up")
        post_migrate.connect(keep_up, sender=self, dispatch_uid="wagtail_privacy.keep_up")
        post_migrate.connect(give_locales, sender=self, dispatch_uid="wagtail_privacy.give_locales")
        register_signal_handlers()
        webhooks.connect()
