"""Pictures, documents and pages that a text or field begins to refer to: only those that its author may use.

Choosers offer no others, but what a form sends are numbers. Whoever may see a page may see what it uses, so a number of
somebody else's document would publish it, and the next form would name somebody else's draft.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.page_access import page_access

# A model and the key of one of its rows.
Reference = tuple[type[Model], str]


class OwnReferencesMixin:
    """For model forms. What was referred to before stays, whoever it belongs to."""

    def referring_thing(self) -> Any:
        """The page or snippet whose versions tell what was referred to before; None where there is none."""
        return self.instance

    def _post_clean(self) -> None:
        super()._post_clean()
        user = getattr(self, "for_user", None)
        if user is None:
            return
        by_field = {name: set(references_of(self.instance, name)) for name in self.fields if name not in self.errors}
        refused = unusable(set().union(*by_field.values()), user)
        if refused:
            refused = without_known(refused, self.referring_thing())
        for name in [name for name, found in by_field.items() if found & refused]:
            sentence = _("You can’t use this picture, document or page. Choose another one.")
            self.add_error(name, ValidationError(sentence, code="not_yours"))


def references_of(thing: Model, name: str) -> Iterator[Reference]:
    """Yield what one field of ``thing`` refers to, texts and blocks included; nothing for what is no column."""
    try:
        field = thing._meta.get_field(name)
    except FieldDoesNotExist:
        return
    extract = getattr(field, "extract_references", None)
    if not (field.many_to_one or extract) or (value := field.value_from_object(thing)) is None:
        return
    found = [(model, key) for model, key, *_paths in extract(value)] if extract else [(field.related_model, value)]
    yield from ((Page if issubclass(model, Page) else model, str(key)) for model, key in found)


def all_references(thing: Model) -> set[Reference]:
    """Return what ``thing`` and the rows of its panels refer to."""
    children = (getattr(thing, relation.get_accessor_name()).all() for relation in get_all_child_relations(thing))
    things = [thing, *(child for rows in children for child in rows)]
    return {found for each in things for field in each._meta.fields for found in references_of(each, field.name)}


def unusable(references: set[Reference], user: Any) -> set[Reference]:
    """Return those of ``references`` that ``user`` may not use: no picture or document of a collection without a right
    on it, no page that is neither published nor the user's. One query for each model, two for pages.
    """
    by_model: dict[type[Model], set[str]] = {}
    for model, key in references:
        by_model.setdefault(model, set()).add(key)
    return {
        (model, key)
        for model, keys in by_model.items()
        if model in (Page, get_image_model(), get_document_model())
        for key in keys - _usable_keys(model, keys, user)
    }


def _usable_keys(model: type[Model], keys: set[str], user: Any) -> set[str]:
    if model is Page:
        access, mine = page_access(), page_permission_policy.explorable_instances(user)
        rows = Page.objects.filter(pk__in=keys).values_list("pk", "path", "live")
        published = {pk for pk, path, live in rows if access.is_published(path, live)}
        return {str(pk) for pk in published | set(mine.filter(pk__in=keys).values_list("pk", flat=True))}
    # Only now: Wagtail asks for its models where these are imported.
    from wagtail.documents.permissions import permission_policy as document_policy
    from wagtail.images.permissions import permission_policy as picture_policy

    policy = picture_policy if model is get_image_model() else document_policy
    mine = policy.instances_user_has_any_permission_for(user, ["choose", "change", "delete"])
    return {str(pk) for pk in mine.filter(pk__in=keys).values_list("pk", flat=True)}


def without_known(references: set[Reference], thing: Any) -> set[Reference]:
    """Return ``references`` without those that any version of ``thing`` has, the newest first."""
    if thing is None or thing.pk is None:
        return references
    for version in _versions(thing):
        references = references - all_references(version)
        if not references:
            break
    return references


def _versions(thing: Any) -> Iterator[Any]:
    yield from type(thing)._default_manager.filter(pk=thing.pk)
    if hasattr(thing, "revisions"):
        yield from (revision.as_object() for revision in thing.revisions.order_by("-created_at", "-pk").iterator())
