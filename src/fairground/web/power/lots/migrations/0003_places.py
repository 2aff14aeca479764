"""Gives everybody who was drawn a place from 1 to the size of the jury; who came for somebody has theirs."""

from django.db import migrations, models


def number(apps, schema_editor):
    seats, draws = apps.get_model("lots", "Seat"), apps.get_model("lots", "Draw")
    for draw in draws.objects.filter(voided_at=None).exclude(drawn_at=None).order_by("jury_id", "number"):
        came = seats.objects.filter(draw=draw).order_by("volunteer__number")
        taken = seats.objects.filter(jury_id=draw.jury_id).exclude(place=None)
        used = set(taken.values_list("place", flat=True))
        left = set(taken.filter(replaced_by=draw).values_list("place", flat=True))
        free = sorted(left) + [n for n in range(1, draw.jury.size + 1) if n not in used]
        for seat, place in zip(came, free, strict=False):
            seat.place = place
            if seat.state in ("accepted", "withdrawn"):
                seat.said_yes_at = seat.answered_at
            seat.save(update_fields=["place", "said_yes_at"])


class Migration(migrations.Migration):
    dependencies = [("lots", "0002_frozen")]
    operations = [
        migrations.AddField("seat", "place", models.PositiveIntegerField(null=True)),
        migrations.AddField("seat", "said_yes_at", models.DateTimeField(null=True)),
        migrations.RunPython(number, migrations.RunPython.noop),
    ]
