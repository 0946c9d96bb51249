"""My pictures: the newest version of every one, newest first."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, signed_in
from accounts.models import User
from config.cursors import newest_page
from generations.models import Asset, Job, Render
from generations.views.fragments import is_fragment, render_part

PICTURES_A_PAGE = 24


@vary_on_headers("HX-Request")
@require_safe
@signed_in
def library(request: SignedInRequest) -> HttpResponse:
    cursor = request.GET.get("cursor", "")
    page = newest_page(_pictures_of(request.user), by=("ended_at", "id"), cursor=cursor, size=PICTURES_A_PAGE)
    context: dict[str, object] = {"renders": page.rows, "next_cursor": page.next_cursor}
    if not is_fragment(request):
        context["running"] = Job.objects.owned_by(request.user).live().newest_first()
    return render_part(request, "generations/library.html", "pictures", context)


def _pictures_of(user: User) -> QuerySet[Render]:
    delivered = Render.objects.owned_by(user).delivered()
    newer = Render.objects.delivered().filter(
        job=OuterRef("job"), position=OuterRef("position"), version__gt=OuterRef("version")
    )
    edits = Render.objects.delivered().filter(ended_at__gt=OuterRef("ended_at"))
    edited = edits.filter(job__root__job=OuterRef("job"), job__root__position=OuterRef("position"))
    changed_again = edits.filter(job__root=OuterRef("job__root"))
    thumbnails = Asset.objects.filter(kind=Asset.Kind.THUMBNAIL)
    newest = delivered.filter(~Exists(newer), ~Exists(edited), ~Exists(changed_again)).select_related("job")
    return newest.prefetch_related(Prefetch("assets", queryset=thumbnails, to_attr="thumbnails"))
