"""The site's commands: try it, serve it, work behind it, back it up, check its audit log.

Django is imported inside the commands, so that `fairground --help` starts without it.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from fairground.errors import BadInput, DataProblem, FairgroundError

LOCAL = "127.0.0.1"
EXAMPLES = (  # in order: some need the people and registers of those before
    "opportunity", "accounts", "power.budgeting", "wealth.property", "wealth.register", "wealth.finance",
    "power.juries", "power.lots", "power.sittings", "power.standing", "wealth.requests", "wealth.matching",
)  # fmt: skip
TOWN, SPOT = "doggerby", "54.6180, 2.0010"  # the made-up town, and its middle


def _example(line: str) -> str:
    return f"\b\nExample:\n  {line}"


def _start(*, hashed: bool = False) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairground.web.settings")
    if hashed:
        os.environ.setdefault("FAIRGROUND_HASHED_STATIC", "1")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise BadInput(str(problem)) from problem


def _prepare() -> None:
    from django.core.management import call_command

    call_command("createcachetable", verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


@click.command("demo", epilog=_example("fairground demo --port 8000"))
@click.option("--host", default=LOCAL, show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
@click.option("--no-serve", is_flag=True, help="Prepare everything, then stop.")
def demo(host: str, port: int, no_serve: bool) -> None:
    """Try the site: prepares a database, loads the example, serves it, prints how to sign in."""
    from fairground.web.data_folder import data_folder

    if not no_serve:
        _refuse_a_busy_port(host, port)
    data = data_folder()
    _make(data)
    _keep_secret_key(data)
    os.environ["FAIRGROUND_DEMO"] = "1"
    os.environ.setdefault("FAIRGROUND_HOSTS", f"127.0.0.1,localhost,[::1],{host}")
    os.environ.setdefault("FAIRGROUND_ADDRESS", f"http://{f'[{host}]' if ':' in host else host}:{port}")
    _start(hashed=True)
    _prepare()
    people = _load_examples()
    click.echo(f"Fairground: http://{host}:{port}/")
    click.echo(
        f"To sign in, give one of these addresses; the code comes to http://{host}:{port}/demo/mailbox/"
    )
    for email, what in people:
        click.echo(f"  {email:<32} {what}")
    click.echo(f"Everything is kept in {data}. Stop with Ctrl+C.")
    if not no_serve:
        for behind in (_warm, _work):
            threading.Thread(target=behind, daemon=True).start()
        _listen(host, port)
        sys.stdout.flush()
        os._exit(0)  # what still goes on behind the site ends with it: a job goes on at the next start


@click.command("serve", epilog=_example("fairground serve --host 127.0.0.1 --port 8000"))
@click.option("--host", default=LOCAL, show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port.")
def serve(host: str, port: int) -> None:
    """Serve the site with the settings of the environment, after bringing its database up to date."""
    _refuse_a_busy_port(host, port)
    _start(hashed=True)
    _prepare()
    click.echo(f"Fairground: http://{host}:{port}/")
    _listen(host, port)


def _load_examples() -> list[tuple[str, str]]:
    """Load the example of every part of the site; return who can sign in, with what each of them is."""
    return [one for part in EXAMPLES for one in import_module(f"fairground.web.{part}.example").load() or ()]


def _warm() -> None:
    """Ask the example once behind the scenes, so that the first visitor need not wait for the figures."""
    from fairground.web.opportunity.greenspace import bridge as green
    from fairground.web.opportunity.neighbourhoods import bridge as near
    from fairground.web.wealth.finance import bridge as plans
    from fairground.web.wealth.funding.bridge import award, sensitivity

    award("Stoke-on-Trent", "56000000", 5, "", "")
    plans.viability(plans.example())
    sensitivity(pot="8600000000", floor="0.7", cap="1.6")
    for map, _ in green.places():
        with suppress(FairgroundError):  # a map that cannot be used says so on its page
            green.coverage(**{**green.starting(), "map": map})
            near.score(**{**near.starting(), "map": map})
            if map == TOWN:
                green.check(at=SPOT, **{**green.starting(), "map": map})


def _work() -> None:
    """Do the jobs that visitors of the demo ask for."""
    from fairground.web.jobs import worker

    worker.work()


def _listen(host: str, port: int) -> None:
    from fairground.web.middleware import MOST_BYTES
    from fairground.web.serving import server
    from fairground.web.wsgi import application

    server(
        application, host=host, port=port, threads=8, ident=None, clear_untrusted_proxy_headers=False,
        max_request_body_size=MOST_BYTES,
    ).run()  # fmt: skip
    click.echo("Stopped.")


def _refuse_a_busy_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise BadInput(
                f'Port "{port}" on "{host}" cannot be used ({problem.strerror}). '
                f"Stop the other program, or choose another: --port {port + 1}"
            ) from problem


def _make(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
    except OSError as fault:
        raise BadInput(
            f'Nothing can be written in the folder "{data}" ({fault.strerror}). '
            "Set FAIRGROUND_DATA to a folder that you may write in."
        ) from fault


def _keep_secret_key(data: Path) -> None:
    path = data / "secret-key"
    if os.environ.get("FAIRGROUND_SECRET_KEY") or path.exists():
        return
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
        handle.write(secrets.token_urlsafe(64))


@click.command("work", epilog=_example("fairground work --once"))
@click.option("--once", is_flag=True, help="Do the jobs that are waiting, then stop.")
@click.option("--lease", default=30.0, show_default=True, type=click.FloatRange(1, 3600), help="Seconds.")
def work(once: bool, lease: float) -> None:
    """Do the long jobs behind the site. Run as many workers as you like; any of them may be killed."""
    _start()
    from fairground.web.jobs import worker

    if once:
        while worker.work_once("once-" + secrets.token_hex(8), lease=lease):
            pass
    else:
        worker.work(lease=lease)


@click.command("backup", epilog=_example("fairground backup fairground.zip"))
@click.argument("path", required=False, type=click.Path(dir_okay=False, path_type=Path))
def backup(path: Path | None) -> None:
    """Write the whole database to one file, with checksums."""
    _start()
    from fairground.web.backup import actions

    target = path or actions.default_path()
    rows = actions.backup(target)
    click.echo(f"{target}: {len(rows)} tables, {sum(rows.values())} rows.")


@click.command("restore", epilog=_example("fairground restore fairground.zip --force"))
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace a database that is not empty.")
def restore(path: Path, force: bool) -> None:
    """Put a backup back. Stop the site and its workers first."""
    _start()
    from fairground.web.backup import actions

    rows = actions.restore(path, force=force)
    click.echo(f"Restored {len(rows)} tables, {sum(rows.values())} rows.")


@click.command("verify", epilog=_example("fairground audit verify"))
def audit_verify() -> None:
    """Check that no event of the audit log was changed, removed or put in later."""
    _start()
    from fairground.web.audit.actions import verify

    count, broken = verify()
    if broken:
        raise DataProblem(
            f"The audit log is broken at event {broken.sequence}: {broken.reason}. "
            f"The {count} events before it are sound."
        )
    click.echo(f"The audit log is whole: {count} events.")


@click.command("export", epilog=_example("fairground audit export"))
def audit_export() -> None:
    """Print the audit log, one event of JSON on each line."""
    _start()
    from fairground.web.audit.actions import export

    for line in export():
        click.echo(line)


@click.command("appoint", epilog=_example("fairground appoint ada@example.org administrator E06000021"))
@click.argument("email")
@click.argument("role")
@click.argument("place_code")
def appoint(email: str, role: str, place_code: str) -> None:
    """Give a role from the command line: how a site gets its first administrator."""
    _start()
    from fairground.web.accounts import actions
    from fairground.web.accounts.forms import RoleForm

    form = RoleForm({"email": email, "role": role, "place_code": place_code})
    if not form.is_valid():
        raise BadInput(
            "; ".join(f"{name}: {' '.join(map(str, words))}" for name, words in form.errors.items())
        )
    given: dict[str, Any] = form.cleaned_data
    user = actions.enrol(given["email"], by=None)
    actions.appoint(user, given["role"], place_code=given["place_code"], by=None)
    click.echo(f"{given['role']} in {given['place_code']}: given.")


@click.command("retention", epilog=_example("fairground retention"))
def retention() -> None:
    """Ask for the deletion of what is kept no longer; a worker does it."""
    _start()
    from fairground.web.jobs.actions import ask

    click.echo(f"Asked for: job {ask('retention', by=None).pk}")


@click.command("remind", epilog=_example("fairground wealth property remind"))
def remind() -> None:
    """Ask for the reminders of the dates of cases; a worker sends each once. Run it every day."""
    _start()
    from fairground.web.jobs.actions import ask

    click.echo(f"Asked for: job {ask('reminders', by=None).pk}")


@click.command("export", epilog=_example("fairground wealth property export CASE --out case.json"))
@click.argument("case")
@click.option("--out", required=True, help="The file to write: .json for all of it, .ics for its dates.")
def export_case(case: str, out: str) -> None:
    """Write a case that the site keeps to a file: all that is public about it, or its running dates."""
    from fairground.cli.shape import write_text

    if not out.endswith((".json", ".ics")):
        raise BadInput("A case is written as one of two kinds of file", "out", out, "a name in .json or .ics")
    _start()
    from fairground.web.wealth.property.export import from_command

    write_text(out, from_command(case, calendar=out.endswith(".ics")))
    click.echo(f"{out}: written.")
