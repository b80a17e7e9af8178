"""Sentence alignment, scores, calibration and selection; numpy, no torch."""
