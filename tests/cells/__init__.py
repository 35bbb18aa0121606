"""Tests of what a notebook's kernel and file say of its cells."""
