"""The studio in the admin: jobs to steer, files and queue messages to look at."""

from generations.admin import files, jobs, messages

__all__ = ["files", "jobs", "messages"]
