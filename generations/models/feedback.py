"""What a family says of a picture."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Feedback(models.Model):
    """A thumb, a problem, or both; one a person and picture. What says neither has no row."""

    class Thumb(models.TextChoices):
        UP = "up", _("Good")
        DOWN = "down", _("Not good")

    class Problem(models.TextChoices):
        LIKENESS = "likeness", _("It does not show what I asked for")
        LINES = "lines", _("The lines are broken or messy")
        TOO_MUCH = "too_much", _("There is too much on it")
        TOO_LITTLE = "too_little", _("There is too little on it")
        UNSUITABLE = "unsuitable", _("It is not right for children")
        PRINTING = "printing", _("It does not print well")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    render = models.ForeignKey("generations.Render", on_delete=models.CASCADE, related_name="feedback")
    thumb = models.CharField(max_length=4, choices=Thumb.choices, blank=True)
    problem = models.CharField(max_length=12, choices=Problem.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)  # about the problem
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "feedback"
        constraints = (
            models.UniqueConstraint(fields=["user", "render"], name="feedback_once"),
            models.CheckConstraint(condition=~Q(thumb="") | ~Q(problem=""), name="feedback_says_something"),
            models.CheckConstraint(
                condition=Q(words="") | ~Q(problem=""), name="feedback_words_are_about_a_problem"
            ),
        )
        indexes = (models.Index(fields=["-changed_at"], name="feedback_newest"),)

    def __str__(self) -> str:
        return f"feedback {self.id}"
