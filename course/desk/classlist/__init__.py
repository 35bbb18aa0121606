"""The roster: the students of the gradebook, read from a file that a school or an LMS gives out."""
