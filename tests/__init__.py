"""Tests mirror the code: one folder for each room, and ``house`` for the rules that hold in all of them."""
