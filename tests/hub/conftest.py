"""A browser for the tests in this folder: the one that all browser tests use."""

from tests.browser.conftest import browser

__all__ = ["browser"]
