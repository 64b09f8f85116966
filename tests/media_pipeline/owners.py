"""Collections as owners of clips, by numbers that tests choose."""

from wagtail.models import Collection


def owner(number: int) -> int:
    """Return the key of the collection of ``number``, made where it is missing."""
    root = Collection.get_first_root_node()
    known = root.get_children().filter(name=f"Owner {number}").first()
    return (known or root.add_child(name=f"Owner {number}")).pk
