"""The tables of the studio."""

from generations.models.asset import Asset
from generations.models.attempt import Attempt
from generations.models.call_off import CallOff
from generations.models.collection import Collection, CollectionItem
from generations.models.community import CommunityPicture
from generations.models.endpoint import Delivery, WebhookEndpoint
from generations.models.export import Export
from generations.models.feedback import Feedback
from generations.models.job import Job, JobInput
from generations.models.plan import Plan
from generations.models.preset import Preset
from generations.models.printed import PrintedPicture
from generations.models.provider_state import ProviderState
from generations.models.render import Render
from generations.models.upload import Upload
from generations.models.webhook_event import WebhookEvent
from generations.models.worker import Chore, Worker

__all__ = [
    "Asset",
    "Attempt",
    "CallOff",
    "Chore",
    "Collection",
    "CollectionItem",
    "CommunityPicture",
    "Delivery",
    "Export",
    "Feedback",
    "Job",
    "JobInput",
    "Plan",
    "Preset",
    "PrintedPicture",
    "ProviderState",
    "Render",
    "Upload",
    "WebhookEndpoint",
    "WebhookEvent",
    "Worker",
]
