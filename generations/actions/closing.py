"""Takes a leaving user's pictures and photos away."""

from accounts.models import User
from generations.actions.deletion import delete_job, delete_objects
from generations.actions.uploads import remove_upload
from generations.models import Asset, Export, Job, Plan, Upload


def erase_studio(*, user: User) -> None:
    """Cancels and deletes every job, picture and photo of the user; what was not delivered is refunded first.

    Raises SERVICE_UNAVAILABLE when the store does not answer; what is left can be erased by calling again.
    """
    Export.objects.filter(user=user).delete()  # first: whoever is building it finds that nobody wants it
    for job in Job.objects.owned_by(user):
        delete_job(job=job)
    Plan.objects.owned_by(user).delete()
    for upload in Upload.objects.owned_by(user):
        remove_upload(upload=upload)
    assets = Asset.objects.owned_by(user)
    delete_objects(assets)
    assets.delete()
