"""What a reader can take away from an edition: a workbook, a deck, and each figure's numbers and
picture."""
