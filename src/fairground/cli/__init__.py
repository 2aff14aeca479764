"""The command line: each command asks one question and prints its answer.

A command module holds click commands made with `cli.shape.answer_command`. This file only lists them,
so that `fairground --help` starts without loading an engine.
"""

from __future__ import annotations

import sys

import click

from fairground import __version__
from fairground.cli.shape import LazyGroup
from fairground.errors import DataProblem, FairgroundError, Impossible

# path of the command -> module:attribute that holds it. Adding a command is adding a line.
COMMANDS: dict[str, str] = {
    "measures": "fairground.cli.measures:measure",
    "wealth funding allocate": "fairground.cli.funding_formula:allocate",
    "wealth funding explain": "fairground.cli.funding_formula:explain",
    "wealth funding merger": "fairground.cli.funding_formula:merger",
    "wealth funding path": "fairground.cli.funding_formula:path",
    "wealth funding sensitivity": "fairground.cli.funding_formula:sensitivity",
    "wealth funding replay": "fairground.cli.funding_formula:replay",
    "wealth funding award": "fairground.cli.award:award",
    "wealth funding schemes": "fairground.cli.schemes:schemes",
    "wealth property ask": "fairground.cli.property_requests:ask",
    "wealth property chase": "fairground.cli.property_requests:chase",
    "wealth property case": "fairground.cli.property:case",
    "wealth property export": "fairground.cli.site:export_case",
    "wealth property remind": "fairground.cli.site:remind",
    "wealth property deadline": "fairground.cli.property:deadline",
    "wealth property match": "fairground.cli.property_match:match",
    "wealth property match-ask": "fairground.cli.property_match:ask",
    "wealth property read": "fairground.cli.property:read",
    "wealth property sold": "fairground.cli.property:sold",
    "wealth property known": "fairground.cli.property_requests:known",
    "wealth property procedures": "fairground.cli.property:procedures",
    "wealth finance plan": "fairground.cli.finance:plan",
    "wealth finance funders": "fairground.cli.finance:funders",
    "wealth finance ready": "fairground.cli.finance:ready",
    "wealth inequality gap": "fairground.cli.inequality:gap",
    "wealth inequality decompose": "fairground.cli.inequality:decompose",
    "wealth inequality convergence": "fairground.cli.inequality:convergence",
    "wealth inequality standing": "fairground.cli.inequality:standing",
    "wealth inequality indicators": "fairground.cli.inequality:indicators",
    "wealth inequality claims": "fairground.cli.inequality:claims",
    "places find": "fairground.cli.places:find",
    "places get": "fairground.cli.places:get",
    "places children": "fairground.cli.places:children",
    "places changes": "fairground.cli.places:changes",
    "places formerly": "fairground.cli.places:formerly",
    "places carry": "fairground.cli.places:carry",
    "places corrections": "fairground.cli.places:corrections",
    "data list": "fairground.cli.data:list_",
    "data get": "fairground.cli.data:get",
    "data check": "fairground.cli.data:check",
    "data gap": "fairground.cli.data_newer:gap",
    "data counterfactual": "fairground.cli.data_newer:counterfactual",
    "power budgeting count": "fairground.cli.budgeting:count",
    "power budgeting explain": "fairground.cli.budgeting:explain",
    "power budgeting compare": "fairground.cli.budgeting:compare",
    "power budgeting bundle": "fairground.cli.budgeting:bundle",
    "power budgeting verify": "fairground.cli.budgeting:verify",
    "power juries select": "fairground.cli.juries:select",
    "power juries check": "fairground.cli.juries:check",
    "power juries replace": "fairground.cli.juries:replace",
    "power juries redraw": "fairground.cli.juries:redraw",
    "power juries verify": "fairground.cli.juries:verify",
    "power juries seal": "fairground.cli.jury_draws:seal",
    "power juries alternates": "fairground.cli.jury_lots:alternates",
    "power juries letters": "fairground.cli.jury_plans:letters",
    "power juries expect": "fairground.cli.jury_plans:expect",
    "power juries rotate": "fairground.cli.jury_plans:rotate",
    "power juries tables": "fairground.cli.jury_plans:tables",
    "opportunity prepare": "fairground.cli.streets:prepare",
    "opportunity neighbourhoods score": "fairground.cli.neighbourhoods:score",
    "opportunity neighbourhoods check": "fairground.cli.neighbourhoods:check",
    "opportunity neighbourhoods within": "fairground.cli.neighbourhoods:within",
    "opportunity compare": "fairground.cli.compare:compare",
    "opportunity town": "fairground.cli.town:town",
    "opportunity greenspace check": "fairground.cli.greenspace:check",
    "opportunity greenspace coverage": "fairground.cli.greenspace:coverage",
    "demo": "fairground.cli.site:demo",
    "serve": "fairground.cli.site:serve",
    "work": "fairground.cli.site:work",
    "retention": "fairground.cli.site:retention",
    "backup": "fairground.cli.site:backup",
    "restore": "fairground.cli.site:restore",
    "appoint": "fairground.cli.site:appoint",
    "audit verify": "fairground.cli.site:audit_verify",
    "audit export": "fairground.cli.site:audit_export",
    "wealth funding counterfactual": "fairground.cli.funding:counterfactual",
}

GROUPS = {
    "wealth": "Wealth: how it is shared, and how public money could share it better.",
    "wealth inequality": "How unequally places fare, and how we know.",
    "wealth funding": "Is an award fair, and what would a fair formula give?",
    "wealth property": "What the public owns: a say before it is sold, the right to buy, and every date.",
    "wealth finance": "Buying it: does a community's plan for a building hold, and who may pay towards it?",
    "power": "Power: who decides, and how people decide together.",
    "power juries": "Citizens’ juries, drawn by lot: select, check, draw again and verify.",
    "power budgeting": "People vote on projects: count, explain, compare and check.",
    "opportunity": "Opportunity: what people can reach from their doors, on foot, on wheels, by bus.",
    "opportunity greenspace": "Is green space near enough to every home?",
    "opportunity neighbourhoods": "What a day needs within 20 minutes: who has it, who has not.",
    "places": "England's places: names, codes, parents, changes over time.",
    "audit": "The log of what was done on the site, and proof that nobody changed it.",
    "data": "The published data that answers rest on.",
}


@click.group(cls=LazyGroup, commands_at=COMMANDS, groups_at=GROUPS)
@click.version_option(__version__, prog_name="fairground")
def fairground() -> None:
    """Fairground: how wealth, power and opportunity are shared between England's places."""


def main() -> None:
    """Run the command line; errors that people can mend are shown without a traceback."""
    try:
        fairground()
    except FairgroundError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(3 if isinstance(error, Impossible) else 4 if isinstance(error, DataProblem) else 2)
    except OSError as fault:
        what = fault.strerror or str(fault)
        click.echo(f"Error: {fault.filename or 'A file'} cannot be used ({what}).", err=True)
        sys.exit(4)
