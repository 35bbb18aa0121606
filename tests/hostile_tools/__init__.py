"""Builds, runs and judges the hostile corpus, for its test and for its benchmark."""
