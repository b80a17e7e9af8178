"""Translators' decisions: their log, the queue, the web page, sheets; the way back into a build."""
