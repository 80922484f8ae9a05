from django.db import migrations, models

from wagtail_privacy.page_model import of_policy_page


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_privacy", "0007_wording_said_in"),
    ]

    operations = [
        *of_policy_page(
            migrations.AddField(
                model_name="policypage",
                name="change_doubts",
                field=models.JSONField(blank=True, default=dict, editable=False),
            )
        ),
    ]
