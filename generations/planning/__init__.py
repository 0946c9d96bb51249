"""Plans of sets of pages: form.py says what one is, told.py asks a model for it, own.py makes it here, run.py runs it."""
