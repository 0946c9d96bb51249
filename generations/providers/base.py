"""What goes into a provider and what comes out. Providers know neither the database nor the settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel

if TYPE_CHECKING:
    from generations.lineart import Layable

Finish = Literal["line_art", "full_color"]
Quality = Literal["auto", "low", "medium", "high"]
PAGE = 3 / 4  # width by height of a portrait page
FormT = TypeVar("FormT", bound=BaseModel)
ErrorKind = Literal["transient", "permanent", "rejected", "uncolourable"]


@dataclass(frozen=True)
class DrawRequest:
    """One picture to draw."""

    mode: str
    finish: Finish
    prompt: str = ""  # what somebody typed
    instruction: str = ""  # the same as a whole sentence or five for a model, with what every page needs
    photos: tuple[bytes, ...] = ()  # JPEG, upright, sRGB, at most 4096 px
    photo_urls: tuple[
        str, ...
    ] = ()  # the same for a service that fetches them; empty where it cannot reach us
    webhook: str = ""  # where a service that answers later may say so; empty where it cannot reach us
    shape: float = PAGE  # width by height
    edge: int = 1024  # px, the least that the long side may have
    quality: Quality = "auto"
    params: Mapping[str, Any] = field(default_factory=dict)
    variant: int = 0  # which picture of the same request
    is_redo: bool = False  # the first try did not pass its gate
    on_progress: Callable[[float], None] = lambda share: None  # 0..1


@dataclass(frozen=True)
class Drawn:
    """A picture: either a drawing of our own, or the bytes of a PNG, JPEG or WebP."""

    drawing: "Layable | None" = None
    picture: bytes = b""
    is_finished: bool = False  # kept as it came, even where line art was asked for
    cost_micro_usd: int = 0
    revised_prompt: str = ""
    notes: Mapping[str, object] = field(default_factory=dict)  # plain JSON, kept with the verdict


@dataclass(frozen=True)
class Pending:
    """The provider has taken the work and will answer later under this id."""

    external_id: str


@dataclass(frozen=True)
class Elsewhere:
    """What was Pending is drawn, and lies at an address on one of the provider's `picture_hosts`."""

    url: str
    cost_micro_usd: int = 0


class ProviderError(Exception):
    """A call that gave no picture. `kind` says what to do next, `code` (RenderError) what to tell."""

    def __init__(self, kind: ErrorKind, code: str, message: str = "", *, retry_after: float = 0) -> None:
        super().__init__(message or code)
        self.kind = kind
        self.code = code
        self.retry_after = retry_after  # seconds


class Service(Protocol):
    """Whatever is called for a price."""

    name: ClassVar[str]
    company: ClassVar[str]  # who gets what it is asked with; "" for ourselves: nothing leaves this server

    @property
    def model(self) -> str: ...

    @property
    def price_micro_usd(self) -> int:
        """What a picture, or an answer in words, costs us."""
        ...

    @property
    def calls_a_minute(self) -> int:
        """As many as may begin within any minute; 0 for any number."""
        ...


class Provider(Service, Protocol):
    draws: ClassVar[Mapping[str, frozenset[str]]]  # mode -> finishes

    def draw(self, request: DrawRequest) -> Drawn | Pending:
        """Draws, or raises ProviderError."""
        ...


class TextProvider(Service, Protocol):
    def ask(self, prompt: str, form: type[FormT]) -> FormT:
        """A model of pydantic's, filled in as the prompt says. Raises ProviderError.

        What its schema says of lengths is told to nobody: services know only the numbers of items.
        """
        ...


@dataclass(frozen=True)
class Failed:
    """What was Pending will not be drawn."""

    error: ProviderError


@runtime_checkable
class LateProvider(Provider, Protocol):
    """One whose `draw` gives Pending."""

    picture_hosts: ClassVar[tuple[str, ...]]  # names, ".example.org" for all below it

    def look(self, external_id: str) -> Elsewhere | Failed | None:
        """What has become of it; None while it is being drawn. Raises ProviderError when looking itself fails."""
        ...

    def cancel(self, external_id: str) -> None:
        """Stops it; one that has ended stays as it is. Raises ProviderError."""
        ...
