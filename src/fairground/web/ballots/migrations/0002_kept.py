"""Has the database itself refuse to change a frozen paper or an entry of the log."""

from django.db import migrations

from fairground.web.ballots import triggers


class Migration(migrations.Migration):
    dependencies = [("ballots", "0001_initial")]
    operations = [migrations.RunPython(triggers.add, triggers.drop)]
