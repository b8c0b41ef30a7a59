"""Asked by the container engine whether a process is well; quick, for it is asked every few seconds.

`python portal/probe.py web`: the web server is ready. `python portal/probe.py life`: the worker has carried out, or
the beat has sent, a task within the last minute; the beat rings every ten seconds.
"""

import os
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

STALE = 60


def web():
    """The web server answers as ready, asked by the name that it is known under."""
    line = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    line.request("GET", "/health/ready", headers={"Host": urlsplit(os.environ["SITE_URL"]).netloc})
    return line.getresponse().status == 200


def life():
    return time.time() - Path(os.environ["LIFE_FILE"]).stat().st_mtime < STALE


if __name__ == "__main__":
    try:
        well = {"web": web, "life": life}[sys.argv[1]]()
    except OSError:
        well = False
    sys.exit(0 if well else 1)
