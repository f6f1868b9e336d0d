"""Make docs/home/*.png, the home of each role in Finnish and English: `uv run python docs/make_home_pictures.py`."""

import asyncio
from io import BytesIO
from pathlib import Path

from PIL import Image
