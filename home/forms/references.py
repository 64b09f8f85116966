"""Pictures, documents and pages that a text or field begins to refer to: only those that its author may use.

Choosers offer no others, but what a form sends are numbers. Whoever may see a page may see what it uses, so a number of
somebody else's document would publish it, and the next form would name somebody else's draft.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.page_access import page_access

from .redaction import Reference, base_of, without_references


class OwnReferencesMixin:
    """For model forms. What was referred to before stays, whoever it belongs to.

    What is refused is taken out of the value before anything else reads it, since a form that is shown again, a
    conflict and a text that came too late name what a value refers to.
    """

    def referring_thing(self) -> Any:
        """The page or snippet whose versions tell what was referred to before; None where there is none."""
        return self.instance

    def _clean_fields(self) -> None:
        super()._clean_fields()
        self.refused_fields: list[str] = []
        user = getattr(self, "for_user", None)
        if user is None:
            return
        columns = {field.name: field for field in self._meta.model._meta.get_fields()}
        values = {
            name: self.cleaned_data[name] if name in self.cleaned_data else self[name].value()
            for name in self.fields
            if _refers(columns.get(name))
        }
        found = {name: set(references_in(columns[name], value)) for name, value in values.items()}
        refused = unusable(set().union(*found.values()), user)
        if refused:
            refused = without_known(refused, self.referring_thing())
        for name in [name for name in found if found[name] & refused]:
            self._take_out(name, without_references(values[name], refused))

    def _take_out(self, name: str, left: Any) -> None:
        self.refused_fields.append(name)
        self.fields[name].bound_data = lambda data, initial: left
        if name in self.cleaned_data:
            self.cleaned_data[name] = left

    def _post_clean(self) -> None:
        for name in self.refused_fields:
            if name not in self.errors and name in self.cleaned_data:  # else others' version is kept
                sentence = _("You can’t use this picture, document or page. Choose another one.")
                self.add_error(name, ValidationError(sentence, code="not_yours"))
        super()._post_clean()  # which asks no more of a field that has an error


def _refers(field: Any) -> bool:
    return field is not None and bool(field.many_to_one or hasattr(field, "extract_references"))


def references_in(field: Any, value: Any) -> Iterator[Reference]:
    """Yield what ``value`` of a column refers to, texts and blocks included."""
    if value in (None, ""):
        return
    if hasattr(field, "extract_references"):
        found = [(model, key) for model, key, *_paths in field.extract_references(value)]
    else:
        found = [(field.related_model, getattr(value, "pk", value))]
    yield from ((base_of(model), str(key)) for model, key in found)


def all_references(thing: Model) -> set[Reference]:
    """Return what ``thing`` and the rows of its panels refer to."""
    children = (getattr(thing, relation.get_accessor_name()).all() for relation in get_all_child_relations(thing))
    things = [thing, *(child for rows in children for child in rows)]
    return {
        found
        for each in things
        for field in each._meta.fields
        if _refers(field)
        for found in references_in(field, field.value_from_object(each))
    }


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
