from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credits', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='usageevent',
            name='kind',
            field=models.CharField(choices=[('upload', 'Upload'), ('generation', 'Generation'), ('plan', 'Plan')], max_length=12),
        ),
    ]
