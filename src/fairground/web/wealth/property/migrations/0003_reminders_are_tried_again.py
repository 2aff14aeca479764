from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("property", "0002_signed_as_checked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reminder",
            name="mail",
            field=models.CharField(
                choices=[
                    ("waiting", "To be sent"),
                    ("sending", "Being sent"),
                    ("sent", "Sent"),
                    ("passed", "No longer needed"),
                ],
                default="sent",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("mail__in", ["waiting", "sending", "sent", "passed"])),
                name="a_known_state_of_mail",
            ),
        ),
    ]
