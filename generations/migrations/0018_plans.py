import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('generations', '0017_stage_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='job',
            name='stage',
            field=models.CharField(choices=[('queued', 'Waiting for a free drawing table'), ('planning', 'Thinking out the pages'), ('planned', 'The plan is ready'), ('drawing', 'Drawing your picture'), ('waiting', 'The artist is drawing'), ('finishing', 'Finishing touches'), ('ready', 'Ready'), ('failed', 'This did not work'), ('canceled', 'Cancelled')], default='queued', max_length=12),
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('topic', models.CharField(max_length=800)),
                ('audience', models.CharField(blank=True, max_length=120)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('key_points', models.CharField(blank=True, max_length=500)),
                ('slides', models.PositiveSmallIntegerField()),
                ('finish', models.CharField(max_length=12)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('result', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('ready', 'Ready'), ('failed', 'Failed')], default='queued', max_length=8)),
                ('error_code', models.CharField(blank=True, choices=[('TIMED_OUT', 'This took longer than it should. Your credit is back; please try again.'), ('PROVIDER_ERROR', 'The artist could not finish. Your credit is back; please try again.'), ('PROVIDER_RATE_LIMITED', 'The artist is very busy just now. Your credit is back; please try again in a few minutes.'), ('CONTENT_REJECTED', 'We cannot draw this one. Your credit is back; another picture will work.'), ('NOT_COLOURABLE', 'This photo did not become a page worth colouring. Your credit is back; try one with a clear subject.'), ('BAD_OUTPUT', 'The drawing came back damaged. Your credit is back; please try again.'), ('WORKER_LOST', 'Our drawing table fell over. Your credit is back; please try again.'), ('NEVER_STARTED', 'Nobody was free to draw this. Your credit is back; please try again.'), ('STORAGE_ERROR', 'We could not store the page. Your credit is back; please try again.')], max_length=24)),
                ('planner', models.CharField(blank=True, max_length=24)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='job',
            name='plan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='jobs', to='generations.plan'),
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['state', 'created_at'], name='plan_state_oldest'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('slides__range', (2, 10))), name='plan_2_to_10_slides'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('error_code', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('error_code', '')), _connector='OR'), name='plan_failed_says_why'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'queued'), ('lease_until', None), _connector='OR'), name='plan_lease_while_queued'),
        ),
    ]
