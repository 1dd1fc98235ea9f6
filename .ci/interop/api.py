"""Lets schemathesis loose on the server: api.py PROGRAM FOLDER, with a store of
the examples made in FOLDER, which requests change."""

import os
import re
import subprocess
import sys
from pathlib import Path

program, folder = sys.argv[1:]
here, beside = Path(__file__).parent.absolute(), Path(sys.executable).parent.absolute()
store = f"sqlite:{folder}/api.db"
for old in Path(folder).glob("api.db*"):
    old.unlink()
subprocess.run([program, "--store", store, "load", "--quiet", "examples"], check=True, stdout=subprocess.DEVNULL)
token, hashed = re.findall(r"(?:token|hash)\s+(\S+)", subprocess.run([program, "token"], check=True, stdout=subprocess.PIPE, text=True).stdout)
server = subprocess.Popen([program, "--store", store, "serve", "--quiet", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True,
                          env=os.environ | {"REFORMGRAPH_TOKEN_HASHES": hashed, "REFORMGRAPH_ADHOC": "open"})
try:
    site = re.search(r"http://\S+?(?=;)", server.stdout.readline()).group()
    sys.exit(subprocess.run([beside / "schemathesis", "--config-file", here / "schemathesis.toml", "run", f"{site}/openapi.yaml", "--url", site,
                             "--header", f"Authorization: Bearer {token}", "--checks", "all", "--max-examples", "30", "--continue-on-failure",
                             "--generation-database", "none", "--no-color"], cwd=folder).returncode)
finally:
    server.terminate()
    server.wait()
