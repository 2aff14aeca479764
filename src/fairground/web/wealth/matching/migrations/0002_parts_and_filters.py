from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_initial"),
        ("register", "0002_where"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="merge",
            name="one_merge_of_two_registers",
        ),
        migrations.RemoveConstraint(
            model_name="pair",
            name="a_known_answer",
        ),
        migrations.AddField(
            model_name="merge",
            name="only_district",
            field=models.CharField(blank=True, max_length=9),
        ),
        migrations.AddField(
            model_name="merge",
            name="only_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("land", "Land"),
                    ("building", "Building"),
                    ("moveable", "Something that can be moved"),
                    ("fund", "Money held for a purpose"),
                    ("unknown", "Not said"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="pair",
            name="said",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Nobody has looked"),
                    ("yes", "The same"),
                    ("no", "Not the same"),
                    ("unsure", "Cannot tell"),
                    ("part", "The second is a part of the first"),
                    ("whole", "The first is a part of the second"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                fields=("first", "second", "only_district", "only_kind"), name="one_merge_of_two_registers"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("only_kind__in", ["", "land", "building", "moveable", "fund", "unknown"])
                ),
                name="a_known_kind_of_merge",
            ),
        ),
        migrations.AddConstraint(
            model_name="pair",
            constraint=models.CheckConstraint(
                condition=models.Q(("said__in", ["", "yes", "no", "unsure", "part", "whole"])),
                name="a_known_answer",
            ),
        ),
    ]
