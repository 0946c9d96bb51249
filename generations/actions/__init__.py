"""The verbs of the studio. Keyword-only; those that write do it in one transaction."""

from generations.actions.arrange_book import arrange_book
from generations.actions.cancel import cancel_job
from generations.actions.deletion import delete_job, delete_photo
from generations.actions.edit import edit
from generations.actions.email_when_ready import email_when_ready
from generations.actions.framing import frame_photo
from generations.actions.keep import keep
from generations.actions.look_soon import look_soon
from generations.actions.photos import Accepted, accept_photo, adopt_photos
from generations.actions.pictures import delete_picture, name_picture
from generations.actions.redo import redo
from generations.actions.retune import retune
from generations.actions.submission import retry_job, submit
from generations.actions.titles import suggest_titles

__all__ = [
    "Accepted",
    "accept_photo",
    "adopt_photos",
    "arrange_book",
    "cancel_job",
    "delete_job",
    "delete_photo",
    "delete_picture",
    "edit",
    "email_when_ready",
    "frame_photo",
    "keep",
    "look_soon",
    "name_picture",
    "redo",
    "retry_job",
    "retune",
    "submit",
    "suggest_titles",
]
