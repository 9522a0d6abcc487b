import sys
from pathlib import Path

# tests/answers.py is shared by tests in several folders.
sys.path.insert(0, str(Path(__file__).parent))
