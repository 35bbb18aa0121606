"""The page that a student reads, and the mark scheme beside an answer that a person grades."""
