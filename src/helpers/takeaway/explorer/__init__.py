"""The explorer: any question by any breakdown in any edition of any survey, on a static page, from
releasable estimates only."""

from helpers.takeaway.explorer.explorer_data import Explored, PageLink
from helpers.takeaway.explorer.explorer_page import write_explorer

__all__ = ["Explored", "PageLink", "write_explorer"]
