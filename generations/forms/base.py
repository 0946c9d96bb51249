"""The inputs of the pages."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations.forms.places import LONGEST, Place, places_in
from generations.models import Render
from generations.modes import MODES
from generations.uploads.frame import Frame
from generations.wording import LINES, PAPERS, SIMPLER, VARIANTS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Label(str):
    """A choice's name with a hint below it."""

    hint: str

    def __new__(cls, name: str, hint: str = "") -> "Label":
        label = super().__new__(cls, name)
        label.hint = hint
        return label


def complexity_choices() -> list[tuple[str, str]]:
    return [
        ("simple", Label(_("Simple"), _("ages 4 to 6"))),
        ("standard", Label(_("Standard"), _("ages 6 to 10"))),
        ("detailed", Label(_("Detailed"), _("ages 8 to 12, adults"))),
    ]


def line_choices() -> list[tuple[str, str]]:
    return [(value, Label(str(name))) for value, name in LINES.items()]


def simplify_choices() -> list[tuple[int, str]]:
    return [(value, Label(str(name))) for value, name in SIMPLER.items()]


def paper_choices() -> list[tuple[str, str]]:
    return [(value, Label(str(name))) for value, name in PAPERS.items()]


def variant_choices() -> list[tuple[int, str]]:
    return [(count, Label(str(name))) for count, name in VARIANTS.items()]


LONGEST_IDEA = 800
LOOKS = {"simplify", "frame", "background", "mirror"}
USUAL_LOOKS = ("simplify", "frame", "mirror")  # of pages that were drawn before it was noted


WHOLE = 100  # percent


def cut_off(label: "StrPromise") -> forms.FloatField:
    """How much of one side goes, in percent of the photo; nothing unless said."""
    return forms.FloatField(label=label, required=False, min_value=0, max_value=WHOLE)


class LinesForm(forms.Form):
    """What every page of line art has."""

    line_thickness = forms.ChoiceField(
        label=gettext_lazy("How thick are the lines?"), choices=line_choices, widget=forms.RadioSelect
    )
    paper = forms.ChoiceField(
        label=gettext_lazy("Which paper?"), choices=paper_choices, widget=forms.RadioSelect
    )


class RetuneForm(LinesForm):
    """What may be changed on a finished page: lines, paper, and the looks that its drawing has."""

    simplify = forms.TypedChoiceField(
        label=gettext_lazy("How simple?"), choices=simplify_choices, coerce=int, widget=forms.RadioSelect
    )
    frame = forms.BooleanField(label=gettext_lazy("Frame around it"), required=False)
    background = forms.BooleanField(label=gettext_lazy("Background"), required=False)
    mirror = forms.BooleanField(label=gettext_lazy("Mirrored"), required=False)

    def __init__(self, data: QueryDict | None = None, *, render: Render) -> None:
        mode = MODES[render.job.mode]
        super().__init__(data, initial=mode.validated(render.params))
        for name in LOOKS - set(render.verdict.get("looks", USUAL_LOOKS)):
            del self.fields[name]

    @property
    def switches(self) -> list[forms.BoundField]:
        """What is on or off."""
        return [field for field in self if isinstance(field.field, forms.BooleanField)]


class MakeForm(LinesForm):
    """How a photo is to be drawn."""

    complexity = forms.ChoiceField(
        label=gettext_lazy("Who will colour it?"), choices=complexity_choices, widget=forms.RadioSelect
    )
    subject = forms.CharField(max_length=LONGEST, required=False, widget=forms.HiddenInput)
    alone = forms.BooleanField(label=gettext_lazy("Only this, without the background"), required=False)
    idempotency_key = forms.CharField(
        max_length=100, required=False, widget=forms.HiddenInput, initial=lambda: uuid4().hex
    )

    def clean_subject(self) -> Place | list[Place] | None:
        return places_in(self.cleaned_data["subject"])

    @property
    def params(self) -> dict[str, object]:
        """The parameters of mode `coloring`."""
        chosen = {
            name: self.cleaned_data[name] for name in ("complexity", "line_thickness", "paper", "subject")
        }
        return chosen | {"background": not (chosen["subject"] and self.cleaned_data["alone"])}


class FrameForm(forms.Form):
    """What of a photo is drawn: how it is turned, and how much is cut off on each side, in percent of the turned photo."""

    turn = forms.TypedChoiceField(
        choices=[(turn, turn) for turn in (0, 90, 180, 270)], coerce=int, widget=forms.HiddenInput
    )
    left = cut_off(gettext_lazy("Cut off on the left"))
    top = cut_off(gettext_lazy("Cut off at the top"))
    right = cut_off(gettext_lazy("Cut off on the right"))
    bottom = cut_off(gettext_lazy("Cut off at the bottom"))

    def clean(self) -> dict[str, Any]:
        """What is left of the photo, in percent."""
        for one, other in (("left", "right"), ("top", "bottom")):
            if (self.cleaned_data.get(one) or 0) + (self.cleaned_data.get(other) or 0) >= WHOLE:
                self.add_error(other, _("Nothing of the photo would be left."))
        return self.cleaned_data

    @property
    def frame(self) -> Frame:
        turn, *cuts = (self.cleaned_data[name] or 0 for name in ("turn", "left", "top", "right", "bottom"))
        left, top, right, bottom = (cut / WHOLE for cut in cuts)
        return Frame(turn, left, top, 1 - left - right, 1 - top - bottom)

    @staticmethod
    def values_of(frame: Frame) -> dict[str, float]:
        """What stands in the fields of a frame."""
        right, bottom = 1 - frame.x - frame.width, 1 - frame.y - frame.height
        cuts = {"left": frame.x, "top": frame.y, "right": right, "bottom": bottom}
        return {"turn": frame.turn, **{name: abs(round(WHOLE * cut, 2)) for name, cut in cuts.items()}}
