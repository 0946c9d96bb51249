"""Sets from before: their last words, which stood in their plans alone; and whether a photo was given, which nobody knows
of them any more, so that none of their pages is shown to anybody."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill_in(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    sets = apps.get_model('generations', 'Job').objects.filter(mode='carousel')
    sets.update(shows_photo=True)
    for job in sets.exclude(plan=None).select_related('plan').iterator():
        if words := job.plan.result.get('final_caption', ''):
            sets.filter(pk=job.pk).update(final_caption=words)


class Migration(migrations.Migration):

    dependencies = [
        ('generations', '0024_sets_of_one_character'),
    ]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
