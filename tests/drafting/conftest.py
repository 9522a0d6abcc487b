import sys
from pathlib import Path

# the writers of exports are the import's
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "importing")]
