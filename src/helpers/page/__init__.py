"""How a page says what the answers say. A notebook needs two names: `open_page`, and `say` for its
sentences; `explore` is for looking around."""

from helpers.page import narrative as say
from helpers.page.exploring import explore
from helpers.page.page import Page, open_page

__all__ = ["Page", "explore", "open_page", "say"]
