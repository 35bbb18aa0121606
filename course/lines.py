"""How the lines of a grade cell begin that say something else than what an answer is worth."""

__all__ = ["READ_AS"]

READ_AS = "Read as: "  # then "name = value": how an answer was read
