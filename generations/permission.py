"""Who may see a family's photos: we ourselves, and those companies that the family has said yes to."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import PhotoConsent, User
from config.errors import AppError
from generations.models import Job, Render
from generations.modes import MODES, Mode
from generations.providers import Provider
from generations.providers.base import Finish


def artists_of(render: Render) -> list[Provider]:
    """Those who may draw this now, in the order they are asked. Read anew each time: families change their minds."""
    mode = MODES[render.job.mode]
    finish = mode.finish_of(render.params)
    if not _shows_family(render.job):
        return mode.providers(finish)
    return _with_consent(_who_draws_photos(mode, finish), render.job.user)


def _who_draws_photos(mode: Mode, finish: Finish) -> list[Provider]:
    """Our own engine cannot draw somebody again whom a photo shows."""
    return [one for one in mode.providers(finish) if one.company or not mode.keeps_character]


def _shows_family(job: Job) -> bool:
    """Whether it is drawn from photos, or from a picture that may have been made of some."""
    return MODES[job.mode].changes_picture or job.job_inputs.exists()


def is_of_words(job: Job) -> bool:
    """Whether it is a set whose pages were made of words alone, and show nobody of the family."""
    shows_photo = job.shows_photo or (job.root is not None and job.root.job.shows_photo)
    return MODES[job.mode].plans_first and not shows_photo


def photo_companies() -> list[Provider]:
    """Everybody but ourselves who draws from photos here, as the settings say."""
    drawing = {
        provider.name: provider
        for mode in MODES.values()
        if mode.photos_most
        for finish in mode.finishes
        for provider in mode.providers(finish)
    }
    return [provider for provider in drawing.values() if provider.company]


def check_permission(mode: Mode, finish: Finish, user: User) -> list[Provider]:
    """Who may draw a request with photos, or with a picture that may have been made of some.

    Raises FORBIDDEN with details `consent` (names of providers) while the family has not answered about one of those who
    would be asked, MODE_UNAVAILABLE when photos stay here and nobody here can draw this.
    """
    providers = _who_draws_photos(mode, finish)
    if waiting := unanswered(providers, user):
        problem = _("Please say first who may draw from your photos: %(companies)s, or only this server.")
        companies = ", ".join(provider.company for provider in waiting)
        details = {"consent": [provider.name for provider in waiting]}
        raise AppError("FORBIDDEN", problem % {"companies": companies}, details=details)
    if allowed := _with_consent(providers, user):
        return allowed
    problem = _("This cannot be drawn on this server, and your photos stay here, as you asked.")
    raise AppError("MODE_UNAVAILABLE", problem)


def words_may_leave(render: Render) -> bool:
    """Whether what was typed for a picture may go to those who write here: words about a photo only to companies that may
    see the photo, also when it was deleted since."""
    mode = MODES[render.root.job.mode]
    if not mode.photos_most:
        return True
    writing = set(settings.PROVIDERS) & set(settings.TEXT_OPTIONS)
    return writing <= _consents(render.job.user)


def unanswered(providers: Sequence[Provider], user: User) -> list[Provider]:
    """Those about whom the family has said neither yes nor "draw here only"."""
    companies = [provider for provider in providers if provider.company]
    if not companies or User.objects.filter(pk=user.pk, draws_here_only=True).exists():
        return []
    yes = _consents(user)
    return [provider for provider in companies if provider.name not in yes]


def _with_consent(providers: Sequence[Provider], user: User) -> list[Provider]:
    yes = _consents(user) if any(provider.company for provider in providers) else set()
    return [provider for provider in providers if not provider.company or provider.name in yes]


def _consents(user: User) -> set[str]:
    return set(PhotoConsent.objects.valid(user).values_list("provider", flat=True))
