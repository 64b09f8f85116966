"""A program, not a module: runs a module of ours inside the sandbox.

    python -I -S limited_program.py STDIN MODULE PACKAGE_FOLDER LIBRARY_FOLDER ...

The folder above the package is not readable there, so the package is loaded from its own folder and not by a search.
"""

import importlib.util
import os
import runpy
import sys


def main(stdin: str, module: str, package: str, *libraries: str) -> None:
    """Open the input as standard input and run the module as ``__main__``."""
    os.dup2(os.open(stdin, os.O_RDONLY), 0)
    sys.path += libraries
    name = module.partition(".")[0]
    start = f"{package}/__init__.py"
    spec = importlib.util.spec_from_file_location(name, start, submodule_search_locations=[package])
    loaded = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    sys.argv = [module]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
