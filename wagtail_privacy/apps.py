"""Where Django begins: the app, and what it connects once it is ready."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from wagtail_privacy.before_models import check_settings

check_settings()


class WagtailPrivacyConfig(AppConfig):
    name = "wagtail_privacy"
    label = "wagtail_privacy"
    verbose_name = _("Privacy policies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_privacy import checks  # noqa: F401 - registers the checks
        from wagtail_privacy.keep_history import refuse_to_drop_history
        from wagtail_privacy.localized import register_translations, sync_columns, sync_locales
        from wagtail_privacy.notices import webhooks
        from wagtail_privacy.signal_handlers import register_signal_handlers

        register_translations()
        pre_migrate.connect(refuse_to_drop_history, sender=self, dispatch_uid="wagtail_privacy.keep_history")
        pre_migrate.connect(sync_columns, sender=self, dispatch_uid="wagtail_privacy.keep_up")
        post_migrate.connect(sync_columns, sender=self, dispatch_uid="wagtail_privacy.keep_up")
        post_migrate.connect(sync_locales, sender=self, dispatch_uid="wagtail_privacy.give_locales")
        register_signal_handlers()
        webhooks.connect()
