"""Lets balls or dice give the number of a draw; the column may be empty, so that no trigger of 0002 is lost."""

from django.db import migrations, models

from fairground.web.power.lots import triggers


class Migration(migrations.Migration):
    dependencies = [("lots", "0005_standby")]
    operations = [
        migrations.AddField(
            "draw",
            "way",
            models.CharField(
                help_text="balls or dice; nothing where public values choose", max_length=10, null=True
            ),
        ),
        migrations.RunPython(triggers.add_way, triggers.drop_way),
    ]
