"""What anybody wrote, made fit to be printed; needs no package, so that errors can be told."""


def as_text(words: str, kept: str = "") -> str:
    """Return words without what steers a terminal or hides in it, line ends among it.

    Args:
        words: anybody's.
        kept: characters that stay all the same.
    """
    # Nearly always, and much quicker than looking at each character.
    if words.isprintable():
        return words
    return "".join(c if c.isprintable() or c in kept else "\ufffd" for c in words)
