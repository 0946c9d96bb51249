"""Everything of somebody's as one ZIP to take along: tables.py says what, archive.py writes it, build.py runs it."""
