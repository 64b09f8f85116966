"""One module per composition; each has `arrange(scene)`, which sets the ground and puts the cast on scene.

The lowest sixth of the picture stays free of type: that is where the player shows captions.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from demo.films.scene import Scene

LAYOUTS: dict[str, Callable[[Scene], None]] = {
    module.name: import_module(f"{__name__}.{module.name}").arrange for module in iter_modules(__path__)
}
