"""The sentence of each rule, in the editor's words: what is missing or wrong, and what to write."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wagtail_privacy.policy.vocabulary import Label

MESSAGES: Mapping[str, Label] = {
    # Who is responsible
    "controller.missing": _("It is not said who is responsible for the personal data. Name the controller."),
    "controller.contact": _("Nobody can be reached: give an e-mail address, a telephone number or a form."),
    "controller.arrangement": _("{section} is a joint controller. Say who is responsible for what."),
    "controller.joint": _("There are joint controllers. Say who is responsible for what, and whom people turn to."),
    "representative.missing": _("The controller is outside the EU/EEA. Name its representative in the EU."),
    "dpo.contact": _("There is a data protection officer, but no way to reach that person. Give an address."),
    # Purposes and legal bases
    "purpose.missing": _("It is not said what the personal data are used for. Add a purpose."),
    "purpose.vague": _("{quote} says nothing about what is done. Name the purpose."),
    "basis.missing": _("{section}: no legal basis is stated."),
    "basis.several": _("{section}: several legal bases are stated. Say which applies to what."),
    "basis.marketing": _("{section}: consent and legitimate interests for marketing. Say which applies to what."),
    "basis.one": _(
        "A contract is the only legal basis that is stated, and marketing cannot rest on it. State another."
    ),
    "basis.interest": _("{section}: say which legitimate interest you have."),
    "basis.statute": _("{section}: name the law that the processing rests on."),
    "special.condition": _("{section}: sensitive data are processed. State the condition that allows it."),
    "special.statute": _("{section}: name the law that the condition for sensitive data rests on."),
    "criminal.statute": _("{section}: data about offences are processed. Name the law that allows it."),
    "national_id.ground": _("{section}: say why the national identity number is needed."),
    "data.missing": _("Data come from others, but it is not said which. Name the categories of personal data."),
    "data.unnamed": _("It is not said which personal data are processed. Name the categories."),
    "provision.missing": _("Say whether people must give their data, and what happens if they do not."),
    "provision.consequence": _("{section}: the data must be given. Say what happens if they are not."),
    "source.vague": _("{quote} could be anyone. Say where the data come from."),
    "source.public": _("{section}: say whether the source is public."),
    # Recipients and transfers
    "recipients.missing": _("It is not said who receives the personal data. Suppliers count, too."),
    "recipients.vague": _("{quote} could be anyone. Name the recipients, or what they do and where they are."),
    "recipients.merger": _("If the business is sold, who gets the data? Name the category: the buyer."),
    "transfer.country": _("Personal data leave the EU/EEA, but it is not said to which country."),
    "transfer.mechanism": _("{section}: state the safeguard for the transfer to a third country."),
    "transfer.invalid": _("{name} has carried no transfer since {day}: see {why}. Say what carries it today."),
    "transfer.early": _("{name} carries no transfer before {day}. Say what carries it until then."),
    "transfer.adequacy": _("{country} has no adequacy decision on this day. State another safeguard."),
    "transfer.recipient": _("{section} is in {country}, outside the EU/EEA, but no safeguard is stated."),
    "transfer.copy": _("{section}: say how to get a copy of the safeguards, or where they are."),
    "transfer.certified": _("In the United States the decision covers certified companies only. Name the recipient."),
    # Storage
    "retention.missing": _("{section}: it is not said how long the data are kept."),
    "retention.empty": _("{quote} says no time. State a period, or what decides it."),
    "retention.start": _("{section}: say from when {duration} is counted."),
    # Rights
    "rights.missing": _("A right is not mentioned: {right}."),
    "rights.withdraw": _("It is not said that consent can be withdrawn at any time, and how."),
    "rights.marketing": _("Say that people can always object to direct marketing."),
    "rights.route": _("Say how people exercise their rights: an address, a form."),
    "rights.surplus": _("{right} is promised, but none of the legal bases gives it."),
    "rights.limit": _("The law gives no such limit: {quote}."),
    "rights.time": _("The law gives one month to answer, and you state {duration}."),
    "rights.fee": _("A fee is allowed only if requests are manifestly unfounded or excessive. Say so."),
    "rights.renamed": _("{quote} is from an older law. The right is erasure, and restriction of processing."),
    "complaint.missing": _("It is not said that people may complain to the supervisory authority."),
    "complaint.authority": _("Name the supervisory authority to complain to."),
    # Other texts
    "decisions.explained": _("Automated decisions are made. Explain the logic, and what they mean for people."),
    "decisions.ground": _("Automated decisions need a contract, a law or explicit consent. State which."),
    "children.age": _("Children consent for themselves from {count} years of age here, and you state {other_count}."),
    "children.language": _("This is for children, and hard to read ({count}). Write a simpler text."),
    "cookie.consent": _("{section} is not necessary, but nothing is said about consent."),
    "cookie.incomplete": _("{section}: say what the cookie is for and how long it stays."),
    "cookie.browser": _("Settings in the browser are no consent to cookies."),
    "consent.deemed": _("Using a service is no consent: {quote}."),
    # Contradictions
    "conflict.transfer": _("{quote}, but also: {other_quote}."),
    "conflict.promise": _("You promise {quote}, but also: {other_quote}."),
    "conflict.training": _("You promise {quote}, but data are used to train models."),
    "conflict.fee": _("It is free, you say: {quote}. And there is a fee: {other_quote}."),
    "conflict.period": _("Two periods for one thing: {duration} and {other_duration}."),
    "conflict.right": _("The law gives this right: {quote}."),
    "conflict.controllers": _("{section}: two controllers without a word about who is responsible for what."),
    "conflict.count": _("{quote} in one place, {other_quote} in another. Which is right?"),
    "conflict.reference": _("No heading is called {quote}."),
    # Between languages
    "translation.facts": _("The languages differ: {what}"),
    "translation.statement": _("The languages state different things: {quote} and {other_quote}."),
    "translation.words": _("The languages differ: {what}"),
    "translation.behind": _("This translates version {count}, and the original has gone on to version {other_count}."),
    # Language
    "authority.renamed": _("{name} is now called {authority}."),
    "law.repealed": _("{name} was repealed on {day}. Today: {instead}."),
    "text.placeholder": _("{quote} is a placeholder. Write what belongs there."),
    "change.check_back": _("Readers need not come back to look for changes: tell them ({quote})."),
    "text.absolute": _("{quote} promises more than anyone can keep."),
    "text.anonymous": _("An IP address or a cookie can identify a person: that is not anonymous."),
    "text.defunct": _("{name} no longer exists."),
    "text.language": _("{section} is written in another language than the policy."),
    "text.heading_language": _("{quote} is written in another language than the policy."),
    "text.stale": _("{quote}: by its own words, the text is more than a year old. Read it again, and mend it."),
    "text.date_promised": _("A date is promised and missing: {quote}."),
    "text.undated": _("No date stands in the text. Say when it was last changed."),
    "text.term": _("{quote} is not the law’s word for it. Write {instead}."),
    "text.vague": _("{quote} leaves open what is done. Say what you do."),
    "text.hard": _("The text is hard to read ({count}). Write shorter sentences and plainer words."),
    "text.long": _("A sentence of {count} words. Divide it."),
    "text.unread": _("The texts are in a language that cannot be read here. Facts only have been checked."),
}
