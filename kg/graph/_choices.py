"""Words that must be one of a few: a miss names the valid ones."""

from collections.abc import Iterable

from kg.errors import KgError


class UnknownChoice(KgError, ValueError):
    """A word is none of the valid ones.

    Args:
        what: what the word should have named (``kind``).
        given: the word.
        valid: the valid words, in the order in which to show them.
    """

    def __init__(self, what: str, given: str, valid: Iterable[str]) -> None:
        self.given = given
        self.valid = tuple(valid)
        super().__init__(f"there is no {what} {given!r}; the valid ones are {', '.join(self.valid)}")


def choose(what: str, given: str, valid: Iterable[str]) -> str:
    """Return a word that is one of the valid ones.

    Raises:
        UnknownChoice: it is not.

    >>> choose("direction", "up", ("up", "down"))
    'up'
    """
    words = tuple(valid)
    if given not in words:
        raise UnknownChoice(what, given, words)
    return given
