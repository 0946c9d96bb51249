import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("generations", "0010_provider_state")]

    operations = [
        migrations.AddField(
            model_name="job",
            name="root",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="tree",
                to="generations.render",
            ),
        ),
    ]
