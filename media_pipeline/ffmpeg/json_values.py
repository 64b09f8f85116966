"""Frozen dataclasses as JSON and back, so that one step can pass its result to the next in a job row.

Knows the field types of media_pipeline.ffmpeg: str, int, float, bool, None, Fraction, StrEnum, tuples, nested
dataclasses and unions with None. Anything else is a TypeError, at the first test that tries it.
"""

import dataclasses
import types
import typing
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar, cast

Json = Any  # what json.dumps takes: the recursive type helps nobody who reads this
_T = TypeVar("_T")


def to_json(value: object) -> Json:
    """A value as plain JSON types. Fractions become "30000/1001", tuples lists."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"no JSON for {type(value).__name__}")


def from_json(kind: type[_T], data: Json) -> _T:
    """The value that `to_json` wrote. KeyError or TypeError when the data is of another shape.

    Fields that the data does not name keep their default, so that rows of an earlier version can be read.
    """
    return cast(_T, _read(kind, data))


def _read(kind: Any, data: Json) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        if data is None:
            return None
        (kind,) = (arm for arm in typing.get_args(kind) if arm is not type(None))
        return _read(kind, data)
    if origin is typing.Literal:
        return data
    if origin is tuple:
        arms = typing.get_args(kind)
        if len(arms) == 2 and arms[1] is Ellipsis:
            return tuple(_read(arms[0], item) for item in data)
        return tuple(_read(arm, item) for arm, item in zip(arms, data, strict=True))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        named = {f.name for f in dataclasses.fields(kind)} & set(data)
        return cast(Any, kind)(**{name: _read(hints[name], data[name]) for name in named})
    if kind is float:
        return float(data)
    if kind is Fraction or (isinstance(kind, type) and issubclass(kind, Enum)):
        return cast(Any, kind)(data)
    if isinstance(data, kind):
        return data
    raise TypeError(f"{data!r} is no {kind.__name__}")
