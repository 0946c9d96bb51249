"""The form of an idea: a page to colour in, or a picture in full colour."""

from secrets import randbelow
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations.forms.base import LONGEST_IDEA, Label, MakeForm, variant_choices
from generations.forms.picture import room_choices, style_choices
from generations.modes.imagine import IMAGINE, MOST_STYLES

PAGE_FIELDS = ("complexity", "line_thickness", "seed")
PICTURE_FIELDS = ("style", "aspect_ratio", "room_style", "room_type")


def finish_choices() -> list[tuple[str, str]]:
    reason = IMAGINE.unavailable_reason("full_color")
    return [
        ("line_art", Label(_("A page to colour in"))),
        ("full_color", Label(_("A picture in full colour"), reason)),
    ]


def picture_style_choices() -> list[tuple[str, str]]:
    return [
        ("photo", _("Photo")),
        ("watercolour", _("Watercolour")),
        ("storybook", _("Storybook")),
        ("flat", _("Flat shapes")),
        ("3d", _("3D")),
        ("pencil", _("Coloured pencil")),
    ]


def shape_choices() -> list[tuple[str, str]]:
    names = {
        "page": _("Like a page"),
        "1:1": _("Square"),
        "3:2": _("Wide"),
        "2:3": _("High"),
        "4:5": _("A little high"),
        "9:16": _("Very high"),
    }
    return [(ratio, Label(name, "" if ratio == "page" else ratio)) for ratio, name in names.items()]


def no_room_or(choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", _("Leave it open")), *choices]


class FinishSelect(forms.RadioSelect):
    """What cannot be drawn here cannot be chosen."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value == "full_color" and IMAGINE.unavailable_reason("full_color"):
            option["attrs"]["disabled"] = True
        return option


class IdeaForm(MakeForm):
    """An idea, and how it is to be drawn."""

    prompt = forms.CharField(
        label=gettext_lazy("What shall be on it?"),
        max_length=LONGEST_IDEA,
        widget=forms.Textarea(attrs={"rows": 2, "autocapitalize": "sentences"}),
        error_messages={"required": gettext_lazy("Please type what you would like to see.")},
    )
    finish = forms.ChoiceField(
        label=gettext_lazy("What shall it be?"), choices=finish_choices, widget=FinishSelect, required=False
    )
    style = forms.MultipleChoiceField(
        label=gettext_lazy("In which style? Up to three are blended."),
        choices=picture_style_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    aspect_ratio = forms.ChoiceField(
        label=gettext_lazy("Which shape?"), choices=shape_choices, widget=forms.RadioSelect, required=False
    )
    room_type = forms.ChoiceField(
        label=gettext_lazy("Which room?"), choices=lambda: no_room_or(room_choices()), required=False
    )
    room_style = forms.ChoiceField(
        label=gettext_lazy("In which look?"), choices=lambda: no_room_or(style_choices()), required=False
    )
    variants = forms.TypedChoiceField(
        label=gettext_lazy("How many pictures?"),
        choices=variant_choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    seed = forms.IntegerField(
        min_value=0, max_value=999_999, widget=forms.HiddenInput, initial=lambda: randbelow(1_000_000)
    )

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        usual = {"finish": "line_art", "style": ["photo"], "aspect_ratio": "page"}
        super().__init__(data, **{**options, "initial": {**usual, **options.get("initial", {})}})

    def clean_style(self) -> list[str]:
        styles: list[str] = self.cleaned_data["style"]
        if len(styles) > MOST_STYLES:
            raise ValidationError(_("Please choose at most three styles."))
        return styles

    @property
    def rooms(self) -> list[forms.BoundField]:
        return [self["room_type"], self["room_style"]]

    @property
    def params(self) -> dict[str, object]:
        """The parameters of mode `imagine`; what was left open is as usual."""
        own = PICTURE_FIELDS if self.cleaned_data["finish"] == "full_color" else PAGE_FIELDS
        chosen = {name: self.cleaned_data[name] for name in (*own, "finish", "paper", "variants")}
        return {name: value for name, value in chosen.items() if value not in ("", [])}
