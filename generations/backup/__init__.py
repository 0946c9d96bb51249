"""A copy of everything, made while the site runs, and the way back.

`databases.py` knows SQLite and PostgreSQL, `manifest.py` what a backup says of itself, `make.py` and `restore.py` do it.
"""
