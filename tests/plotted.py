"""What stands on a figure's plot."""

from helpers.page.canvas import ON_PLOT


def plotted(figure, kind):
    """The artists of a kind on the plot, labels and legend left out."""
    return [
        artist
        for artist in figure.artists
        if isinstance(artist, kind) and artist.get_label() == ON_PLOT
    ]
