"""The explorer: any question by any breakdown in any edition, on a static page, from releasable estimates only."""

from helpers.press.explorer.page import write_explorer

__all__ = ["write_explorer"]
