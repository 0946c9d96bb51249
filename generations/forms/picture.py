"""The inputs of pages from which a photo becomes more than a page to colour in, and of changes with words."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations.forms.base import LONGEST_IDEA, Label, variant_choices
from generations.models import Asset
from generations.modes import MODES
from generations.modes.rooms import entries


def style_choices() -> list[tuple[str, str]]:
    return [(code, Label(entry.label)) for code, entry in entries("styles").items()]


def room_choices() -> list[tuple[str, str]]:
    return [(code, Label(entry.label)) for code, entry in entries("rooms").items()]


def any_room_choices() -> list[tuple[str, str]]:
    return [("", Label(_("As it is"))), *room_choices()]


def finish_choices() -> list[tuple[str, str]]:
    return [("full_color", Label(_("In full colour"))), ("line_art", Label(_("A page to colour in")))]


def words_field(label: Any, *, required: bool = False) -> forms.CharField:
    """Words of the family's own."""
    area = forms.Textarea(attrs={"rows": 2, "autocapitalize": "sentences"})
    return forms.CharField(label=label, max_length=LONGEST_IDEA, required=required, widget=area)


class PictureForm(forms.Form):
    """What every such page has. `shown` are the names of the choices, in their order."""

    mode: ClassVar[str]
    shown: ClassVar[tuple[str, ...]]

    prompt = words_field(gettext_lazy("Anything else? (if you like)"))
    variants = forms.TypedChoiceField(
        label=gettext_lazy("How many pictures?"),
        choices=variant_choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    paper = forms.CharField(widget=forms.HiddenInput, required=False)
    idempotency_key = forms.CharField(
        max_length=100, required=False, widget=forms.HiddenInput, initial=lambda: uuid4().hex
    )

    def __init__(
        self, data: QueryDict | None = None, *, initial: Mapping[str, Any], photos: Sequence[Asset]
    ) -> None:
        super().__init__(data, initial={**MODES[self.mode].validated({}), **initial}, label_suffix="")

    @property
    def choices(self) -> list[forms.BoundField]:
        return [self[name] for name in (*self.shown, "variants")]

    @property
    def params(self) -> dict[str, object]:
        """The parameters of its mode; what was left open is as usual."""
        chosen = {name: self.cleaned_data[name] for name in (*self.shown, "variants", "paper")}
        return {name: value for name, value in chosen.items() if value != ""}


class RedesignForm(PictureForm):
    mode, shown = "redesign", ("style", "room_type")

    style = forms.ChoiceField(
        label=gettext_lazy("In which style?"), choices=style_choices, widget=forms.RadioSelect
    )
    room_type = forms.ChoiceField(
        label=gettext_lazy("Which room shall it be?"),
        choices=any_room_choices,
        widget=forms.RadioSelect,
        required=False,
    )


class StagingForm(RedesignForm):
    mode = "staging"

    room_type = forms.ChoiceField(
        label=gettext_lazy("Which room shall it be?"), choices=room_choices, widget=forms.RadioSelect
    )


class ComposeForm(PictureForm):
    mode, shown = "compose", ("finish",)

    finish = forms.ChoiceField(
        label=gettext_lazy("What shall it be?"), choices=finish_choices, widget=forms.RadioSelect
    )
    second = forms.ChoiceField(label=gettext_lazy("Which photo goes with it?"), widget=forms.RadioSelect)

    def __init__(
        self, data: QueryDict | None = None, *, initial: Mapping[str, Any], photos: Sequence[Asset]
    ) -> None:
        super().__init__(data, initial=initial, photos=photos)
        second = self.fields["second"]
        assert isinstance(second, forms.ChoiceField)
        second.choices = [(str(photo.pk), str(number)) for number, photo in enumerate(photos, 1)]
        if photos:
            self.initial.setdefault("second", str(photos[:2][-1].pk))


FORMS: dict[str, type[PictureForm]] = {form.mode: form for form in (RedesignForm, StagingForm, ComposeForm)}


class EditForm(forms.Form):
    """What shall be changed on a picture."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")

    prompt = words_field(gettext_lazy("What shall be changed?"), required=True)
    idempotency_key = forms.CharField(
        max_length=100, required=False, widget=forms.HiddenInput, initial=lambda: uuid4().hex
    )
