"""Grading again after a key changed: who would gain or lose what, and why, before it is so."""
