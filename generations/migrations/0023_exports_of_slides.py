from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('generations', '0022_community'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='export',
            name='export_one_a_book_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='export',
            name='export_kind_fits_job',
        ),
        migrations.AlterField(
            model_name='export',
            name='kind',
            field=models.CharField(choices=[('everything', 'Everything'), ('book', 'Book'), ('pictures', 'Pictures'), ('slides', 'Slides')], db_default='everything', default='everything', max_length=12),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.UniqueConstraint(condition=models.Q(('asset', None), ('kind__in', ('book', 'slides'))), fields=('job', 'kind'), name='export_one_of_a_kind_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('job__isnull', False), ('kind__in', ('book', 'slides'))), models.Q(('job', None), ('kind__in', ('everything', 'pictures'))), _connector='OR'), name='export_kind_fits_job'),
        ),
    ]
