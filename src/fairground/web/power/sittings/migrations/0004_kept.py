"""Has the database itself refuse to change what a jury published, or what was answered."""

from django.db import migrations

from fairground.web.power.sittings import triggers


class Migration(migrations.Migration):
    dependencies = [("sittings", "0003_report_and_answers")]
    operations = [migrations.RunPython(triggers.add, triggers.drop)]
