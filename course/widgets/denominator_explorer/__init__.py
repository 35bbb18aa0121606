"""The denominator explorer."""
