"""Run by ``run_limited`` in the tests: says what it was given and what it can see."""

import json
import os
import sys
import time

from PIL import Image

if __name__ == "__main__":
    request = json.load(sys.stdin)
    if request.get("fail"):
        raise ValueError("told to fail")
    if request.get("wait"):
        time.sleep(60)
    answer = {
        "text": request["text"].upper(),
        "pillow": Image.new("RGB", (1, 1)).size == (1, 1),
        "database": "DATABASE_URL" in os.environ,
    }
    sys.stdout.write(json.dumps(answer))
