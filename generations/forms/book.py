"""The forms of a book: which photos and how, and its pages in order with their words."""

from collections.abc import Sequence
from typing import get_args
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations.actions.arrange_book import LONGEST, LONGEST_CAPTION
from generations.book import Page
from generations.book_order import ORDERS
from generations.forms.base import Label, LinesForm, complexity_choices, paper_choices
from generations.forms.printing import crayon_choices, layout_choices
from generations.models import Asset
from generations.printing.wishes import BookLayout, BookWishes


def book_layout_choices() -> list[tuple[str, str]]:
    return [choice for choice in layout_choices() if choice[0] in get_args(BookLayout)]


def back_choices() -> list[tuple[str, str]]:
    return [
        ("none", Label(_("None"), _("one picture after the other"))),
        ("blank", Label(_("Blank"), _("for markers"))),
        ("captions", Label(_("Captions"), _("beside the pictures"))),
    ]


COVER = ("title", "child_name")
END = "final_caption"


class WordsForm(forms.Form):
    """What stands on the cover."""

    title = forms.CharField(
        label=gettext_lazy("Title (if you like)"), max_length=LONGEST["title"], required=False
    )
    child_name = forms.CharField(
        label=gettext_lazy("Child's name (if you like)"), max_length=LONGEST["child_name"], required=False
    )

    @property
    def word_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in (*COVER, END) if name in self.fields]

    @property
    def words(self) -> dict[str, str]:
        """What was sent of them."""
        return {name: self.cleaned_data[name] for name in (*COVER, END) if name in self.data}


class NewBookForm(LinesForm, WordsForm):
    """Which photos become a book, and how they are drawn."""

    complexity = forms.ChoiceField(
        label=gettext_lazy("Who will colour it?"), choices=complexity_choices, widget=forms.RadioSelect
    )
    photos = forms.MultipleChoiceField(
        label=gettext_lazy("Which photos?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Please choose at least two photos.")},
    )
    idempotency_key = forms.CharField(
        max_length=100, required=False, widget=forms.HiddenInput, initial=lambda: uuid4().hex
    )

    def __init__(
        self, data: QueryDict | None = None, *, photos: Sequence[Asset], initial: dict[str, object]
    ) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["photos"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(photo.pk), str(photo.pk)) for photo in photos]

    @property
    def chosen(self) -> list[str]:
        """The photos whose boxes are ticked."""
        return [str(value) for value in self["photos"].value() or []]

    @property
    def params(self) -> dict[str, object]:
        """The parameters of mode `book`."""
        names = ("complexity", "line_thickness", "paper", *COVER)
        return {name: self.cleaned_data[name] for name in names}


class ArrangeForm(WordsForm):
    """The pages of a book: their order as it stands in the form, one move of a button, a caption each."""

    move = forms.RegexField(rf"^({'|'.join(ORDERS)})-\d+$", required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        pages: Sequence[Page],
        has_titles: bool = False,
        **initial: str,
    ) -> None:
        super().__init__(data, initial=initial)
        self.pages, self.has_titles = pages, has_titles
        if has_titles:
            self._add(END, _("Words at the end"), str(initial.get(END, "")), LONGEST[END])
        for page in pages:
            if has_titles:
                self._add(f"title-{page.position}", _("Title"), page.first.title, LONGEST["title"])
            self._add(_caption(page), _("Caption (if you like)"), page.first.caption, LONGEST_CAPTION)

    def _add(self, name: str, label: str, words: str, longest: int) -> None:
        self.fields[name] = forms.CharField(label=label, max_length=longest, required=False, initial=words)

    def clean(self) -> dict[str, object]:
        """With `order`: what the form says, moved as the button says."""
        assert isinstance(self.data, QueryDict)
        named = self.data.getlist("order")
        if not all(one.isdecimal() and len(one) < 3 for one in named):
            raise ValidationError(_("Please check your choices."))
        order = [int(one) for one in named]
        if move := self.cleaned_data.get("move"):
            verb, _dash, position = move.partition("-")
            order = ORDERS[verb](order, int(position))
        return self.cleaned_data | {"order": order}

    @property
    def captions(self) -> dict[int, str]:
        """What was typed for each page that has a field."""
        return {page.position: self.cleaned_data[_caption(page)] for page in self.pages}

    @property
    def titles(self) -> dict[int, str]:
        """The same of titles, where pages have one."""
        pages = self.pages if self.has_titles else ()
        return {page.position: self.cleaned_data[f"title-{page.position}"] for page in pages}

    def fields_of(self, page: Page) -> list[forms.BoundField]:
        """What is typed for one page."""
        names = (f"title-{page.position}", _caption(page))
        return [self[name] for name in names if name in self.fields]


OF_LINES = ("layout", "crayons", "solution")  # what pictures in full colour give no choice of


class PrintBookForm(forms.Form):
    """How a book is printed."""

    layout = forms.ChoiceField(
        label=gettext_lazy("What for?"), choices=book_layout_choices, widget=forms.RadioSelect
    )
    crayons = forms.TypedChoiceField(
        label=gettext_lazy("How many crayons do you have?"),
        choices=crayon_choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    solution = forms.BooleanField(label=gettext_lazy("With the solutions at the end"), required=False)
    backs = forms.ChoiceField(
        label=gettext_lazy("And the left sides?"), choices=back_choices, widget=forms.RadioSelect
    )
    paper = forms.ChoiceField(
        label=gettext_lazy("Which paper?"), choices=paper_choices, widget=forms.RadioSelect
    )

    def __init__(self, data: QueryDict | None = None, *, has_lines: bool, initial: dict[str, object]) -> None:
        super().__init__(data, initial=initial)
        self.has_lines = has_lines
        for name in () if has_lines else OF_LINES:
            del self.fields[name]

    @property
    def wishes(self) -> BookWishes:
        """What a valid form asks for."""
        return BookWishes(**self.cleaned_data)


class RedoForm(forms.Form):
    """How a page is drawn again."""

    complexity = forms.ChoiceField(choices=complexity_choices, required=False)
    idempotency_key = forms.CharField(max_length=100, required=False)


def _caption(page: Page) -> str:
    return f"caption-{page.position}"
