"""The forms of a set of pages: its topic, and its plan with how it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.errors import AppError
from generations.forms.base import Label, LinesForm, complexity_choices
from generations.forms.idea import picture_style_choices, shape_choices
from generations.models import Asset, Plan
from generations.modes.carousel import CAROUSEL, LEAST_SLIDES, LEAST_TOPIC, LONGEST_TOPIC, MOST_SLIDES
from generations.modes.carousel import LONGEST as LONGEST_TYPED
from generations.modes.imagine import MOST_STYLES
from generations.planning.form import LONGEST, SLIDE_WORDS

LABELS = {
    "title": gettext_lazy("Title"),
    "caption": gettext_lazy("Caption"),
    "image_prompt": gettext_lazy("What is on the picture"),
}
PAGE_FIELDS = ("complexity", "line_thickness")
PICTURE_FIELDS = ("style",)


def finish_choices() -> list[tuple[str, str]]:
    reason = CAROUSEL.unavailable_reason("full_color")
    return [
        ("line_art", Label(_("Pages to colour in"))),
        ("full_color", Label(_("Pictures in full colour"), reason)),
    ]


def slide_choices() -> list[tuple[int, str]]:
    return [
        (count, ngettext("%(count)d page", "%(count)d pages", count) % {"count": count})
        for count in range(LEAST_SLIDES, MOST_SLIDES + 1)
    ]


def typed(name: str, label: Any, longest: int, rows: int = 1) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(label=label, max_length=longest, required=False, widget=widget)


class FinishSelect(forms.RadioSelect):
    """What cannot be drawn here cannot be chosen."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if CAROUSEL.unavailable_reason(value):
            option["attrs"]["disabled"] = True
        return option


class TopicForm(forms.Form):
    """What a set of pages shall be about."""

    topic = forms.CharField(
        label=gettext_lazy("Topic"),
        min_length=LEAST_TOPIC,
        max_length=LONGEST_TOPIC,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": gettext_lazy("Please say what it shall be about."),
            "min_length": gettext_lazy(
                "Please say in at least %(limit_value)d letters what it shall be about."
            ),
        },
    )
    audience = typed("audience", gettext_lazy("For whom? (if you like)"), LONGEST_TYPED["audience"])
    purpose = typed("purpose", gettext_lazy("What for? (if you like)"), LONGEST_TYPED["purpose"])
    key_points = typed(
        "key_points", gettext_lazy("What must it say? (if you like)"), LONGEST_TYPED["key_points"], 3
    )
    slides = forms.TypedChoiceField(
        label=gettext_lazy("How many pages?"), choices=slide_choices, coerce=int, initial=5
    )
    finish = forms.ChoiceField(
        label=gettext_lazy("What shall it be?"),
        choices=finish_choices,
        widget=FinishSelect,
        initial="line_art",
    )

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in LONGEST_TYPED]


@dataclass(frozen=True)
class SlideFields:
    """One page of a plan as the form shows it."""

    number: int
    words: Sequence[forms.BoundField]
    left_out: forms.BoundField


class PlanForm(LinesForm):
    """The words of a plan, and how its pages are drawn."""

    theme = typed("theme", gettext_lazy("What all pages have in common"), LONGEST["theme"], 2)
    final_caption = typed("final_caption", gettext_lazy("Words at the end"), LONGEST["final_caption"], 2)
    complexity = forms.ChoiceField(
        label=gettext_lazy("Who will colour it?"), choices=complexity_choices, widget=forms.RadioSelect
    )
    style = forms.MultipleChoiceField(
        label=gettext_lazy("In which style? Up to three are blended."),
        choices=picture_style_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    aspect_ratio = forms.ChoiceField(
        label=gettext_lazy("Which shape?"), choices=shape_choices, widget=forms.RadioSelect, initial="1:1"
    )
    photo = forms.ChoiceField(required=False)
    idempotency_key = forms.CharField(
        max_length=100, required=False, widget=forms.HiddenInput, initial=lambda: uuid4().hex
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        plan: Plan,
        photos: Sequence[Asset],
        initial: Mapping[str, object],
    ) -> None:
        super().__init__(data, initial={**plan.result, "style": ["photo"], **initial}, label_suffix="")
        self.plan, self.is_picture = plan, plan.finish == "full_color"
        for name in PAGE_FIELDS if self.is_picture else PICTURE_FIELDS:
            del self.fields[name]
        self._offer(photos)
        for number, slide in enumerate(plan.result["slides"]):
            self._add_slide(number, slide)

    def _offer(self, photos: Sequence[Asset]) -> None:
        field = self.fields["photo"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Nobody in particular")),
            *((str(photo.pk), str(photo.pk)) for photo in photos),
        ]

    def _add_slide(self, number: int, slide: Mapping[str, str]) -> None:
        for name in SLIDE_WORDS:
            field = typed(name, LABELS[name], LONGEST[name], 1 if name == "title" else 2)
            field.initial = slide[name]
            self.fields[f"{name}-{number}"] = field
        left_out = forms.BooleanField(label=_("Leave this page out"), required=False)
        self.fields[f"left_out-{number}"] = left_out

    @property
    def slides(self) -> list[SlideFields]:
        return [
            SlideFields(
                number + 1, [self[f"{name}-{number}"] for name in SLIDE_WORDS], self[f"left_out-{number}"]
            )
            for number in range(len(self.plan.result["slides"]))
        ]

    def clean_style(self) -> list[str]:
        styles: list[str] = self.cleaned_data["style"]
        if len(styles) > MOST_STYLES:
            raise ValidationError(_("Please choose at most three styles."))
        return styles or ["photo"]

    @property
    def words(self) -> dict[str, Any]:
        """What `change_plan` takes; pages that are left out are not in it."""
        data = self.cleaned_data
        slides = [{name: data[f"{name}-{number}"] for name in SLIDE_WORDS} for number in self._kept]
        return {"theme": data["theme"], "final_caption": data["final_caption"], "slides": slides}

    @property
    def params(self) -> dict[str, object]:
        """The parameters of mode `carousel`, beside those that the plan decides."""
        own = PICTURE_FIELDS if self.is_picture else PAGE_FIELDS
        return {name: self.cleaned_data[name] for name in (*own, "paper", "aspect_ratio")}

    @property
    def _kept(self) -> list[int]:
        numbers = range(len(self.plan.result["slides"]))
        return [number for number in numbers if not self.cleaned_data[f"left_out-{number}"]]

    def show(self, error: AppError) -> None:
        """What a verb found wrong, at its field."""
        for field in error.details:
            _slides, _dot, place = field.partition("slides.")
            number, _dot, name = place.partition(".")
            shown = f"{name}-{self._kept[int(number)]}" if name else field
            self.add_error(shown if shown in self.fields else None, error.message)
