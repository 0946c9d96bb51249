"""Pictures in full colour as pixels: the gate that they pass, and their files. Knows no database and no settings."""
