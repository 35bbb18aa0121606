"""A new assignment: what `course new` begins it with, and `course check` misses in it."""
