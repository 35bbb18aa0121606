"""Matching items with options."""
