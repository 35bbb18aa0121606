"""An object that says of itself whatever is asked for."""

from typing import Any


class Anything:
    """Equal to everything, holds everything, can be called."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    def __lt__(self, other: Any) -> bool:
        return False

    __gt__ = __lt__

    def __le__(self, other: Any) -> bool:
        return True

    __ge__ = __le__

    def __hash__(self) -> int:
        return hash("red")

    def __bool__(self) -> bool:
        return True

    def __float__(self) -> float:
        return 47.0

    def __int__(self) -> int:
        return 47

    def __index__(self) -> int:
        return 47

    def __complex__(self) -> complex:
        return 47j

    def __sub__(self, other: Any) -> int:
        return 0

    __rsub__ = __add__ = __radd__ = __mul__ = __abs__ = __sub__

    def __contains__(self, other: Any) -> bool:
        return True

    def __len__(self) -> int:
        return 2

    def __iter__(self) -> Any:
        return iter(["bicycle", "car"])

    def __getitem__(self, key: Any) -> Any:
        return self

    def __call__(self, *args: Any) -> Any:
        """Return itself."""
        return self

    def __getattr__(self, name: Any) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self
