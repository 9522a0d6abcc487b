"""What a reader can take away from an edition: a workbook, a deck, and each figure's numbers and picture."""

from helpers.page.exports.bundle import Downloads, export_edition
from helpers.page.exports.contents import PageContents, read_page
from helpers.page.exports.links import add_links

__all__ = ["Downloads", "PageContents", "add_links", "export_edition", "read_page"]
