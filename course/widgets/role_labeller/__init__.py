"""The role labeller."""
