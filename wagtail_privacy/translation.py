"""Which fields of the register modeltranslation keeps in every content language of the site."""

from modeltranslation.translator import TranslationOptions, translator

from wagtail_privacy.localized import content_languages, content_languages_only, fallbacks
from wagtail_privacy.records.register import DataCategory, Recipient, RetentionRule


class RegisterTranslation(TranslationOptions):
    """A text that a language lacks is shown in its kin, else in the first of the site's languages that has it."""

    fallback_languages = {"default": content_languages(), **{code: fallbacks(code) for code in content_languages()}}


class DataCategoryTranslation(RegisterTranslation):
    fields = ("name", "description")


class RecipientTranslation(RegisterTranslation):
    fields = ("category", "data", "purpose", "condition")


class RetentionRuleTranslation(RegisterTranslation):
    fields = ("applies_to", "starts", "criteria", "reason")


with content_languages_only():
    translator.register(DataCategory, DataCategoryTranslation)
    translator.register(Recipient, RecipientTranslation)
    translator.register(RetentionRule, RetentionRuleTranslation)
