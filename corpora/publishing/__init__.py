"""From a corpus to a dataset: terms, files, card, hub."""
