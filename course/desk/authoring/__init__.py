"""A new assignment: what `course new` begins it with, and how `course check` proves its key."""
