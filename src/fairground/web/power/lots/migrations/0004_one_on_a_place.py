"""Lets one person at a time hold a place; apart from 0003, as PostgreSQL wants no change of rows before it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lots", "0003_places")]
    operations = [
        migrations.AddConstraint(
            "seat",
            models.UniqueConstraint(
                name="one_on_a_place_at_a_time",
                fields=["jury", "place"],
                condition=models.Q(state__in=["drawn", "invited", "accepted"]),
            ),
        ),
        migrations.AddConstraint(
            "seat",
            models.CheckConstraint(
                name="places_count_from_one",
                condition=models.Q(place=None) | models.Q(place__gte=1),
            ),
        ),
    ]
