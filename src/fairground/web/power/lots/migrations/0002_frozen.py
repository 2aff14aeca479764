"""A sealed draw cannot be changed or deleted in the database. See fairground/web/power/lots/triggers.py."""

from django.db import migrations

from fairground.web.power.lots import triggers


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("lots", "0001_initial")]
    operations = [migrations.RunPython(triggers.add, triggers.drop)]
