"""The site, each of whose answers takes `LATENCY` ms more: a test that looks before the page has come, and passes by
luck on a fast machine, fails.

    LATENCY=300 .venv/bin/pytest tests/browser
"""

import os
import time
from collections.abc import Iterable
from typing import Any

from config.wsgi import application as site


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    time.sleep(int(os.environ["LATENCY"]) / 1000)
    return site(environ, start_response)
