from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mailbox", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="series",
            field=models.CharField(blank=True, db_index=True, max_length=100),
        ),
    ]
