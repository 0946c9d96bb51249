"""Proofs against running services: ours, and those of the companies whose stand-ins we test with."""
