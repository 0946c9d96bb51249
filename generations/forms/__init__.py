"""What people fill in: one file for each page that asks."""
