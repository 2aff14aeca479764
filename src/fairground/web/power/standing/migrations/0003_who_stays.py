"""Keeps the seats of earlier rotations whose members stay, for the lists of a rotation's sessions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lots", "0006_balls_and_dice"), ("standing", "0002_known_again")]
    operations = [
        migrations.AddField("rotation", "stay", models.ManyToManyField(related_name="+", to="lots.seat")),
    ]
