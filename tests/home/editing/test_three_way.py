"""The merge by itself: whatever people do in whatever order, no text that somebody wrote is lost without being seen."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from home.forms.three_way import Side, merge_states, merge_unit

UNITS = ["headline_de", "headline_fr", "slug"]
states = st.sampled_from(["a", "b", "c"])
things = st.fixed_dictionaries(dict.fromkeys(UNITS, states))


@given(base=states, mine=states, theirs=states)
def test_one_unit(base: str, mine: str, theirs: str) -> None:
    side = merge_unit(base, mine, theirs)
    assert (side is Side.CONFLICT) == (len({base, mine, theirs}) == 3)
    if side is not Side.CONFLICT:
        kept = mine if side is Side.MINE else theirs
        assert kept in ({mine, theirs} - {base} or {base})  # what anybody changed it to, else what it was


@given(base=things, mine=things, theirs=things)
def test_units_do_not_touch_each_other(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
    expected = {name: merge_unit(base[name], mine[name], theirs[name]) for name in UNITS}
    assert merge_states(base, mine, theirs) == expected
    assert merge_states({}, mine, theirs) == {}


@dataclass
class Desk:
    """One person's open form: what it shows, and what it counts as loaded."""

    shown: dict[str, str]
    loaded: dict[str, str]
    written: dict[str, str] = field(default_factory=dict)


steps = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from([0, 1, 2]), st.sampled_from(UNITS)),
        st.tuples(st.just("save"), st.sampled_from([0, 1, 2]), st.none()),
        st.tuples(st.just("reload"), st.sampled_from([0, 1, 2]), st.none()),
    ),
    max_size=40,
)


@given(steps=steps)
def test_three_people_at_one_page(steps: list[tuple[str, int, str | None]]) -> None:
    """The rule of ``home.forms.merging``: after a save that succeeds, what was sent is what was loaded."""
    stored = dict.fromkeys(UNITS, "start")
    desks = [Desk(dict(stored), dict(stored)) for _person in range(3)]
    for number, (step, person, unit) in enumerate(steps):
        desk = desks[person]
        if step == "write" and unit:
            desk.shown[unit] = desk.written[unit] = f"{number} by {person}"
        elif step == "reload":
            desks[person] = Desk(dict(stored), dict(stored))
        elif step == "save":
            before, sides = dict(stored), merge_states(desk.loaded, desk.shown, stored)
            if Side.CONFLICT in sides.values():
                continue  # nothing is stored, and everything is still on the desk
            stored |= {name: desk.shown[name] for name, side in sides.items() if side is Side.MINE}
            desk.loaded = dict(desk.shown)
            # What this person wrote is stored, and nothing else has changed.
            changed = {name: text for name, text in stored.items() if text != before[name]}
            assert {name: stored[name] for name in desk.written} == desk.written
            assert changed.items() <= desk.written.items()
            desk.written = {}
