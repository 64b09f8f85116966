"""Another password is another lock: sessions remember the number of what they opened, and not with what."""

from typing import Any

from wagtail.models import CollectionViewRestriction, PageViewRestriction

RESTRICTIONS = (PageViewRestriction, CollectionViewRestriction)


def renew_restriction(sender: type, instance: Any, raw: bool = False, **_facts: Any) -> None:
    """Receiver of ``pre_save``: save a restriction with a new password as a new one."""
    if not raw and sender.objects.filter(pk=instance.pk).exclude(password=instance.password).exists():
        instance.replaced_pk, instance.pk = instance.pk, None


def remove_replaced_restriction(sender: type, instance: Any, **_facts: Any) -> None:
    """Receiver of ``post_save``: the old one goes last, so that nothing is open in between."""
    if replaced_pk := instance.__dict__.pop("replaced_pk", None):
        sender.objects.filter(pk=replaced_pk).delete()
