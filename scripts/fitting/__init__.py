"""How the numbers under models/weights were fitted: run by hand, from data that is not shipped."""
