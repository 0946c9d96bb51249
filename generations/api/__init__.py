"""The API of the studio: one file a resource, each with its router (mounted by config/api.py)."""
