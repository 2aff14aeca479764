"""The app of a jury's sittings, as Django knows it."""

from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """Sessions, evidence, recommendations, answers and payments of juries."""

    name = "fairground.web.power.sittings"
    label = "sittings"

    def ready(self) -> None:
        """Add the sittings to a jury's stages and tools, and what is kept by seat to its erasure."""
        from fairground.web.power.juries import outcomes, stages, tools
        from fairground.web.power.juries.actions import erasure
        from fairground.web.power.sittings import own
        from fairground.web.power.sittings.actions.payments import forget_references
        from fairground.web.power.sittings.actions.sessions import forget_seats
        from fairground.web.power.sittings.stages import earlier, stages_of
        from fairground.web.power.sittings.tools import tools_of

        if own.part not in outcomes.PARTS:
            outcomes.PARTS.append(own.part)
            outcomes.DATA.append(own.data)
        if tools_of not in tools.MORE:
            tools.MORE.append(tools_of)
        if stages_of not in stages.MORE:
            stages.MORE.append(stages_of)
            stages.BESIDE.append(earlier)
        for forget in (forget_seats, forget_references):
            if forget not in erasure.ALSO:
                erasure.ALSO.append(forget)
