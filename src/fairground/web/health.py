"""Is the site well? Answered for machines at /healthz: database, migrations, disk.

Field names follow draft-inadarei-api-health-check-06 ("status", "checks").
"""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

ENOUGH_DISK = 200 * 1024 * 1024  # bytes


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every check passes, 503 otherwise; names no host, path or version."""
    checks = {"database": _database(), "migrations": _migrations(), "disk": _disk()}
    well = all(word == "pass" for word in checks.values())
    return JsonResponse({"status": "pass" if well else "fail", "checks": checks}, status=200 if well else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return "pass" if cursor.fetchone() == (1,) else "fail"
    except DatabaseError:
        return "fail"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "fail"
    return "fail" if waiting else "pass"


def _disk() -> str:
    folder = next(path for path in (settings.DATA, *settings.DATA.parents) if path.exists())
    return "pass" if shutil.disk_usage(folder).free >= ENOUGH_DISK else "fail"
