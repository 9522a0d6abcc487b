"""How a page says what the answers say. A notebook needs two names: `open_page`, and `say` for its sentences."""

from helpers.page import narrative as say
from helpers.page.page import Page, open_page

__all__ = ["Page", "open_page", "say"]
