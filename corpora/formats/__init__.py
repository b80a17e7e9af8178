"""Exchange formats: writers stream and replace atomically, readers list what they leave out."""
