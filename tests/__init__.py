"""Tests mirror the code: one folder for each package, and ``house`` for the rules that hold in all of them."""
