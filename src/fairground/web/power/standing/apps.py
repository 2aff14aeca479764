"""The app of standing juries, as Django knows it."""

from django.apps import AppConfig


class StandingConfig(AppConfig):
    """Standing juries and their rotations."""

    name = "fairground.web.power.standing"
    label = "standing"

    def ready(self) -> None:
        """Join the pages of juries, and keep those who sat not long ago out of the next pool."""
        from fairground.web.power.juries import bridge, outcomes, stages, tools
        from fairground.web.power.juries.actions import juries, volunteers
        from fairground.web.power.lots import bridge as lots
        from fairground.web.power.lots import seating
        from fairground.web.power.sittings import members
        from fairground.web.power.standing import chances, staying
        from fairground.web.power.standing import resting as rests
        from fairground.web.power.standing.resting import resting
        from fairground.web.power.standing.tools import stages_of, tools_of

        if stages_of not in stages.MORE:
            stages.MORE.append(stages_of)
        if tools_of not in tools.MORE:
            tools.MORE.append(tools_of)
        if resting not in volunteers.RESTING:
            volunteers.RESTING.append(resting)
            bridge.LEFT_OUT.append(rests.shares_a_home)
            outcomes.OUTCOMES += [rests.outcomes, chances.outcomes]
            lots.PAST.append(chances.ahead)
            lots.TELLS.append(staying.targets_tell)
            seating.STAY.append(staying.sitting)
            members.STAYS.append(staying.stays)
            members.LATER.append(staying.later)
            juries.ROOM.append(rests.room_for)
