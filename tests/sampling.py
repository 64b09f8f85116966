"""``make test`` takes samples where one mechanism meets many values; ``make test-all`` takes all of them."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

LANGUAGES = ("en", "el", "ar")  # Latin letters, others, and from right to left


def sampled(
    values: Iterable[Any], is_sample: Callable[[Any], bool], rest: str, name: Callable[[Any], str] = str
) -> list[Any]:
    """Return parameters for ``parametrize``; ``rest`` says what ``make test-all`` has besides the sample."""
    return [
        pytest.param(value, id=name(value), marks=[] if is_sample(value) else pytest.mark.thorough(rest))
        for value in values
    ]


def languages(codes: Iterable[str]) -> list[Any]:
    """Return parameters: three languages always, the others in ``make test-all``."""
    return sampled(codes, LANGUAGES.__contains__, "the other languages")
