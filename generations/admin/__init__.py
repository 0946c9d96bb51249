"""The studio in the admin: jobs to steer, files and queue messages to look at."""

from generations.admin import community, feedback, files, jobs, messages

__all__ = ["community", "feedback", "files", "jobs", "messages"]
