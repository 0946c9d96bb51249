"""The form of a print."""

from dataclasses import asdict
from typing import cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations.forms.base import Label, paper_choices
from generations.models import Render
from generations.printing.wishes import CrayonSet, Layout, PosterSheets, SeveralWishes, Wishes


def layout_choices() -> list[tuple[str, str]]:
    return [
        ("page", Label(_("Page"), _("to colour in"))),
        ("color_by_number", Label(_("By number"), _("with a key"))),
        ("tracing", Label(_("For tracing"), _("bold outlines"))),
        ("two_up", Label(_("Two on a sheet"), _("to share"))),
        ("poster", Label(_("Poster"), _("over 4 or 9 sheets"))),
    ]


def crayon_choices() -> list[tuple[int, str]]:
    return [(8, Label("8")), (12, Label("12")), (24, Label("24"))]


def poster_choices() -> list[tuple[int, str]]:
    return [(4, Label(_("4 sheets"))), (9, Label(_("9 sheets")))]


class PrintForm(forms.Form):
    """How a page is printed: which layout, what that one needs to know, the words on it and its paper."""

    layout = forms.ChoiceField(
        label=gettext_lazy("How do you want to print it?"),
        choices=layout_choices,
        widget=forms.RadioSelect,
        required=False,
    )
    crayons = forms.TypedChoiceField(
        label=gettext_lazy("How many crayons do you have?"),
        choices=crayon_choices,
        coerce=int,
        widget=forms.RadioSelect,
        required=False,
    )
    solution = forms.BooleanField(label=gettext_lazy("With the solution on a second sheet"), required=False)
    light = forms.BooleanField(label=gettext_lazy("Light grey lines, to draw over"), required=False)
    poster_sheets = forms.TypedChoiceField(
        label=gettext_lazy("How large?"),
        choices=poster_choices,
        coerce=int,
        widget=forms.RadioSelect,
        required=False,
    )
    title = forms.CharField(label=gettext_lazy("Title (if you like)"), max_length=120, required=False)
    child = forms.CharField(label=gettext_lazy("Child's name (if you like)"), max_length=80, required=False)
    paper = forms.ChoiceField(label=gettext_lazy("Paper"), choices=paper_choices, required=False)

    @property
    def text_fields(self) -> list[forms.BoundField]:
        """The words on the page, and its paper."""
        return [self[name] for name in ("title", "child", "paper")]

    @property
    def wishes(self) -> Wishes:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        return Wishes(
            layout=cast(Layout, chosen["layout"] or Wishes.layout),
            paper=chosen["paper"],
            title=chosen["title"],
            child_name=chosen["child"],
            crayons=cast(CrayonSet, chosen["crayons"] or Wishes.crayons),
            solution=chosen["solution"],
            light=chosen["light"],
            poster_sheets=cast(PosterSheets, chosen["poster_sheets"] or Wishes.poster_sheets),
        )


class PrintPicturesForm(PrintForm):
    """How several pictures are printed."""

    own_titles = forms.BooleanField(label=gettext_lazy("Each with its own title"), required=False)

    def several(self) -> SeveralWishes:
        """What a valid form asks for."""
        return SeveralWishes(**asdict(self.wishes), own_titles=self.cleaned_data["own_titles"])


def print_form(render: Render) -> PrintForm:
    """The form for this page, nothing chosen yet."""
    usual = Wishes()
    return PrintForm(
        initial={
            "layout": usual.layout,
            "crayons": usual.crayons,
            "solution": usual.solution,
            "poster_sheets": usual.poster_sheets,
            "title": render.title,
            "paper": render.params["paper"],
        }
    )
