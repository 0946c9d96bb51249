"""The pages of the studio."""

from django.urls import path

from generations.views import (
    consent,
    exports,
    faces,
    framing,
    ideas,
    jobs,
    landing,
    library,
    make,
    photos,
    prints,
    privacy,
    renders,
    uploads,
)

app_name = "generations"
urlpatterns = [
    path("", landing.landing, name="landing"),
    path("photos/", uploads.upload, name="upload"),
    path("photos/for/<str:token>/", photos.for_provider, name="photo_for_provider"),
    path("photos/<str:photo_id>/row/", uploads.row, name="photo_row"),
    path("photos/<str:photo_id>/image/", photos.image, name="photo_image"),
    path("photos/<str:photo_id>/delete/", photos.delete, name="delete_photo"),
    path("photos/<str:photo_id>/frame/", framing.frame, name="frame_photo"),
    path("make/<str:photo_id>/", make.make, name="make"),
    path("ideas/", ideas.idea, name="idea"),
    path("ideas/words/", ideas.words, name="idea_words"),
    path("jobs/<str:job_id>/", jobs.job, name="job"),
    path("jobs/<str:job_id>/cancel/", jobs.cancel, name="cancel_job"),
    path("jobs/<str:job_id>/retry/", jobs.retry, name="retry_job"),
    path("jobs/<str:job_id>/delete/", jobs.delete, name="delete_job"),
    path("renders/<str:render_id>/pdf/", prints.pdf, name="render_pdf"),
    path("renders/<str:render_id>/print/", prints.preview, name="print"),
    path("renders/<str:render_id>/retune/", renders.retune, name="retune"),
    path("renders/<str:render_id>/keep/", renders.keep, name="keep_render"),
    path("renders/<str:render_id>/faces/", faces.notice, name="faces"),
    path("renders/<str:render_id>/<str:file>/", renders.file, name="render_file"),
    path("print-test/<str:paper>/", prints.test_page, name="print_test"),
    path("pictures/", library.library, name="library"),
    path("account/export/", exports.export, name="export"),
    path("account/export/ask/", exports.ask, name="ask_for_export"),
    path("account/export/<str:export_id>/", exports.download, name="download_export"),
    path("account/photos/", consent.consent, name="consent"),
    path("privacy/", privacy.privacy, name="privacy"),
]
