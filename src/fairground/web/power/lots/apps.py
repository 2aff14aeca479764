"""The app of the draw, as Django knows it; it adds its stages, tools and erasure to those of juries."""

from django.apps import AppConfig


class LotsConfig(AppConfig):
    """Draws, seats and invitations."""

    name = "fairground.web.power.lots"
    label = "lots"

    def ready(self) -> None:
        """Join the pages of juries."""
        from fairground.web.power.juries import next_step, outcomes, pictures, stages, tools
        from fairground.web.power.juries.actions import erasure
        from fairground.web.power.lots import own
        from fairground.web.power.lots.actions import leaving
        from fairground.web.power.lots.models import shown
        from fairground.web.power.lots.next_step import next_of
        from fairground.web.power.lots.stages import stages_of
        from fairground.web.power.lots.tools import tools_of

        stages.MORE.append(stages_of)
        next_step.MORE.append(next_of)
        tools.MORE.append(tools_of)
        pictures.SHOWN.append(shown)
        erasure.ALSO.append(leaving.erase)
        outcomes.GONE.append(leaving.left_the_pool)
        outcomes.OUTCOMES.append(own.outcomes)
        outcomes.CHANCES.append(own.chance)
        outcomes.DATA.append(own.data)
        outcomes.PARTS.append(own.part)
