"""The queue's own tables offer to edit and resubmit messages; the rows of jobs and renders are the truth."""

from django.contrib import admin
from django_q.models import Failure, OrmQ, Schedule, Success

from config.read_only_admin import ReadOnlyAdmin

for model in (Failure, OrmQ, Schedule, Success):
    if admin.site.is_registered(model):  # with Redis django-q2 does not register OrmQ
        admin.site.unregister(model)


@admin.register(OrmQ)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("id", "key", "lock")
    fields = readonly_fields = ("key", "lock")


@admin.register(Failure)
class FailureAdmin(ReadOnlyAdmin):
    list_display = ("func", "started", "stopped")
    fields = readonly_fields = ("func", "started", "stopped", "result")
