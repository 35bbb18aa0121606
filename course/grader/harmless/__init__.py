"""Makes what a submission shows harmless to whoever looks at it."""
