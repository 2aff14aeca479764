"""Standing juries on the site: rotations, who leaves, who may come, and all who ever sat beside the place."""
