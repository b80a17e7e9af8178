"""Types, errors, languages, shards, readers, segmenters and formats; imports nothing of ours."""
