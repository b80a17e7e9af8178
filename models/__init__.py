"""Models: registry, engines, training; the only room with torch and ctranslate2."""
