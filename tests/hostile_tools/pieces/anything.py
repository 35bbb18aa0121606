"""An object that says of itself whatever is asked for."""


class Anything:
    """Equal to everything, holds everything, can be called."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __lt__(self, other):
        return False

    __gt__ = __lt__

    def __le__(self, other):
        return True

    __ge__ = __le__

    def __hash__(self):
        return hash("red")

    def __bool__(self):
        return True

    def __float__(self):
        return 47.0

    def __int__(self):
        return 47

    def __index__(self):
        return 47

    def __complex__(self):
        return 47j

    def __sub__(self, other):
        return 0

    __rsub__ = __add__ = __radd__ = __mul__ = __abs__ = __sub__

    def __contains__(self, other):
        return True

    def __len__(self):
        return 2

    def __iter__(self):
        return iter(["bicycle", "car"])

    def __getitem__(self, key):
        return self

    def __call__(self, *args):
        """Return itself."""
        return self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self
