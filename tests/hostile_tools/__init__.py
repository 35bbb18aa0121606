"""Builds, runs and judges the hostile corpus; shared by tests/test_hostile.py and bench/hostile.py."""
