"""Makes the files in `data/` from the packages they come from; run by hand when those change. See docs/scenes.md."""
