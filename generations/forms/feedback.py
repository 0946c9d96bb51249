"""The form of what somebody says of a picture."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations.actions.feedback import LONGEST_WORDS
from generations.models import Feedback


def problem_choices() -> list[tuple[str, str]]:
    return [("", _("Nothing is wrong")), *((one.value, str(one.label)) for one in Feedback.Problem)]


class FeedbackForm(forms.Form):
    """A thumb by its button; or a problem, with words if one likes."""

    thumb = forms.ChoiceField(choices=[("", ""), *Feedback.Thumb.choices], required=False)
    problem = forms.ChoiceField(label=gettext_lazy("What is wrong?"), choices=problem_choices, required=False)
    words = forms.CharField(
        label=gettext_lazy("In your words (if you like)"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def said(self) -> dict[str, str]:
        """What a valid form names: the buttons send a thumb alone, the report the rest."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.data}


def form_of(feedback: Feedback) -> FeedbackForm:
    """What stands in it."""
    return FeedbackForm(initial={"problem": feedback.problem, "words": feedback.words}, label_suffix="")
