"""What a participant said is kept with the words it is about, and no longer with a passage that a coder can take off."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import sameboat.study.team.rows


def keep_places(apps: Any, schema_editor: Any) -> None:
    """Each answer gets its place; of several to the same words, kept for several codes, the newest stays."""
    there: set[tuple[Any, ...]] = set()
    for row in apps.get_model("study_checking", "CheckAnswer").objects.select_related("span").order_by("-at", "id"):
        place = (row.link_id, row.span.document_id, row.span.start, row.span.end)
        if place in there:
            row.delete()
            continue
        there.add(place)
        _, row.document_id, row.start, row.end = place
        row.save(update_fields=["document", "start", "end"])
    # What an older act did to answers cannot be undone: they were other rows then.
    older = apps.get_model("study_ledger", "Entry").objects.filter(kinds__contains=" check_answer ")
    older.filter(undoes__isnull=False).update(undone=True)
    older.update(undoable=False)


class Migration(migrations.Migration):
    dependencies = [
        ("study_checking", "0002_passages"),
        ("study_ledger", "0001_initial"),
        ("study_transcripts", "0003_search_all_at_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkanswer",
            name="document",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="check_answers",
                to="study_transcripts.document",
            ),
        ),
        migrations.AddField(model_name="checkanswer", name="start", field=models.IntegerField(default=0)),
        migrations.AddField(model_name="checkanswer", name="end", field=models.IntegerField(default=1)),
        migrations.RemoveConstraint(model_name="checkanswer", name="study_check_answer_once"),
        migrations.RunPython(keep_places, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="checkanswer", name="study_check_answer_span_same_study"),
        migrations.RemoveField(model_name="checkanswer", name="span"),
        migrations.AlterField(
            model_name="checkanswer",
            name="document",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="check_answers",
                to="study_transcripts.document",
            ),
        ),
        migrations.AlterField(model_name="checkanswer", name="start", field=models.IntegerField()),
        migrations.AlterField(model_name="checkanswer", name="end", field=models.IntegerField()),
        migrations.AddConstraint(
            model_name="checkanswer",
            constraint=models.UniqueConstraint(
                fields=("link", "document", "start", "end"), name="study_check_answer_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start")), ("start__gte", 0)),
                name="study_check_answer_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkanswer",
            constraint=sameboat.study.team.rows.SameStudy(
                field="document", name="study_check_answer_document_same_study"
            ),
        ),
    ]
