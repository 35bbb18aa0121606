"""The error that every command prints as it stands, without a traceback."""


class CourseError(Exception):
    """Something the user can mend: where it is, what was expected, what was found, what to do.

    Args:
        where: the file, folder, command or setting that is meant.
        expected: what should be there.
        found: what is there.
        todo: the next step, as a sentence.
    """

    def __init__(self, where: str, expected: str, found: str, todo: str) -> None:
        self.where, self.expected, self.found, self.todo = where, expected, found, todo
        super().__init__(
            f"{where}\n  expected: {expected}\n  found:    {found}\n  do:       {todo}"
        )
