"""Makes the audit log append-only in the database itself.

See fairground/web/audit/triggers.py.
"""

from django.db import migrations

from fairground.web.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(triggers.add, triggers.drop)]
