"""Results on disk and in nbgrader's gradebook: each is entered whole, or again."""
