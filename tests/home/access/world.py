"""An archive with a thing of every kind in each place, people in each role, and every address that they may try."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image
from wagtail.admin.models import EditingSession
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page, Site, Task, Workflow

from home import models
from home.access.roles import sync_archive_role, sync_city_roles
from media_pipeline.models import Clip, Master
from tests.home import archive as building

# What only those who work on a draft may read.
DRAFT_TITLE = "Zebrafish"
# Patterns without names for what they capture.
UNNAMED = {
    "wagtailadmin_pages:revisions_compare": "admin/pages/{page_id}/revisions/compare/earliest...latest/",
    "document": "documents/{document_id}/{document_name}",
    "wagtaildocs_serve": "documents/{document_id}/{document_name}",
    "wagtail_serve": "en/{path}",
}


@dataclass(frozen=True)
class Place:
    """What belongs to one city, or to none: ``page`` and the page of ``clip`` stand below ``parent``."""

    parent: Page
    page: Page
    clip: Clip
    image: models.Picture
    document: Any
    collection: Collection


@dataclass(frozen=True)
class Address:
    """One pattern of the URL configuration: its name with namespaces, and the path with ``{name}`` for what varies."""

    name: str
    path: str

    def of(self, values: dict[str, Any]) -> str:
        """The path with values for this address: those of its namespace come first."""
        for name in (self.name.rpartition(":")[0], self.name):
            if isinstance(values.get(name), dict):
                values = {**values, **values[name]}
        return "/" + self.path.format_map(values)


def addresses() -> Iterator[Address]:
    """Every address of the site, each bulk action by itself."""
    for name, pattern in _walk(get_resolver(), (), ""):
        if name == "wagtail_bulk_action":
            bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
            for app, actions in bulk_action_registry.actions.items():
                for model, found in actions.items():
                    for action in found:
                        yield Address(
                            f"bulk:{app}.{model}:{action}", f"admin/bulk/{app}/{model}/{action}/?id={{{model}}}"
                        )
        else:
            yield Address(name, UNNAMED.get(name) or _path(pattern))


def _walk(resolver: URLResolver, namespaces: tuple[str, ...], prefix: str) -> Iterator[tuple[str, str]]:
    for item in resolver.url_patterns:
        pattern = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            yield ":".join([*namespaces, item.name or pattern]), pattern
        else:
            yield from _walk(item, (*namespaces, item.namespace) if item.namespace else namespaces, pattern)


def _path(pattern: str) -> str:
    """``admin/pages/<int:page_id>/`` and ``^c/(?P<public_id>...)/$`` with ``{page_id}`` and ``{public_id}``."""
    while (begin := pattern.find("(?P<")) >= 0:
        depth, end = 0, begin
        while True:
            depth += {"(": 1, ")": -1}.get(pattern[end], 0)
            end += 1
            if depth == 0:
                break
        name = pattern[begin + 4 : pattern.index(">", begin)]
        pattern = pattern[:begin] + f"{{{name}}}" + pattern[end:]
    pattern = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", pattern)
    return pattern.replace("^", "").replace("$", "").replace("\\", "").replace(".*", "x")


class World:
    """Everything at once. ``people`` are by role, ``values`` by place what addresses name."""

    def __init__(self) -> None:
        archive = building.build()
        own, foreign = archive.city("Lille", history=False), archive.city("Leuven", history=False)
        root = Collection.get_first_root_node()
        self.places = {
            "own": self._place(archive.story(own), own, own.collection),
            "foreign": self._place(archive.story(foreign), foreign, foreign.collection),
            "foreign draft": self._place(archive.story(foreign, DRAFT_TITLE, live=False), foreign, foreign.collection),
            "none": self._place(archive.standard(), archive.home, root),
        }
        sync_city_roles(archive.city(DRAFT_TITLE, live=False, history=False))  # whose groups carry its name
        groups = sync_city_roles(own)
        self.people = {
            "nobody": building.person_in(name="nobody"),
            "contributor": building.person_in(groups["contributor"], name="contributor"),
            "editor": building.person_in(groups["editor"], name="editor"),
            "archive_editor": building.person_in(sync_archive_role("archive_editor"), name="archive_editor"),
            "translator": building.person_in(sync_archive_role("translator", "de"), name="translator"),
            "page_editor": building.person_in(*Group.objects.filter(name__in=("Editors", "Moderators")), name="pages"),
            "administrator": building.person_in(name="administrator"),
        }
        type(self.people["nobody"]).objects.filter(username="administrator").update(is_superuser=True, is_staff=True)
        self.people["administrator"].refresh_from_db()
        shared = self._shared()
        self.values = {name: shared | self._values(place) for name, place in self.places.items()}

    def _place(self, page: Page, parent: Page, collection: Collection) -> Place:
        picture = ContentFile(b"", "picture.png")
        Image.new("RGB", (40, 40), "red").save(picture, "PNG")
        image = models.Picture.objects.create(title="Picture", file=picture, collection=collection)
        document = get_document_model().objects.create(
            title="Notes", file=ContentFile(b"x", "notes.txt"), collection=collection
        )
        clip = building.ready_clip(collection=collection)
        sounds = {"audios": [{"index": 1, "channels": 2}, {"index": 2, "channels": 2}]}
        Master.objects.create(clip=clip, file="aa/original", size_bytes=7, sha256="0" * 64, probe=sounds)
        page.save_revision()
        return Place(parent, page, clip, image, document, collection)

    def _shared(self) -> dict[str, Any]:
        city = models.CityPage.objects.first()
        workflow, task = Workflow.objects.first(), Task.objects.first()
        page_type = ContentType.objects.get_for_model(models.StoryPage)
        city.save_revision()
        state = workflow.start(city, self.people["administrator"])
        session = EditingSession.objects.create(
            user=self.people["administrator"], content_type=page_type, object_id="1", last_seen_at="2026-01-01T00:00Z"
        )
        person, theme = models.Person.objects.create(name="Aina"), building.theme("Racism")
        programme = building.programme_named("Erasmus+")
        user = building.person_in(name="somebody")
        group = Group.objects.get(name="Editors")
        return {
            "app_label": "home", "content_type_app_name": "home", "action_name": "cancel", "app_name": "home",
            "task_id": task.pk, "task_state_id": state.current_task_state.pk, "workflow_state_id": state.pk,
            "workflow_pk": workflow.pk, "session_id": session.pk,
            "redirect_id": Redirect.objects.create(old_path="/x").pk,
            "uploaded_file_id": 1, "restriction_id": 1, "page_view_restriction_id": 1, "code": "not_a_video",
            "language": "fr", "kind": "subtitles", "ending": "vtt", "width": 320, "key": building.KEY,
            "filter_spec": "original", "uidb64": "x", "token": "y", "revision_id": 1,
            "wagtailadmin_workflows": {"pk": workflow.pk},
            **{f"wagtailadmin_workflows:{act}_task": {"pk": task.pk} for act in ("edit", "disable", "enable")},
            "wagtailadmin_workflows:add_task": {"app_label": "wagtailcore", "model_name": "groupapprovaltask"},
            "wagtailsnippets_home_theme": {"pk": theme.pk}, "wagtailsnippetchoosers_home_theme": {"pk": theme.pk},
            "wagtailsnippets_home_person": {"pk": person.pk}, "wagtailsnippetchoosers_home_person": {"pk": person.pk},
            "wagtailsnippets_home_fundingprogramme": {"pk": programme.pk},
            "wagtailsnippetchoosers_home_fundingprogramme": {"pk": programme.pk},
            "wagtailsites": {"pk": Site.objects.get().pk}, "wagtailusers_users": {"pk": user.pk},
            "wagtailusers_groups": {"pk": group.pk}, "bulk:wagtailusers.user": {}, "user": user.pk,
            "wagtailadmin_tag_model_autocomplete": {"app_name": "taggit", "model_name": "tag"},
            "theme": theme.pk, "person": person.pk, "fundingprogramme": programme.pk,
            "clip_qr": {"ending": "svg"}, "media_poster": {"ending": "webp"}, "oembed_in": {"ending": "json"},
            "wagtailsettings": {"app_name": "wagtailredirects", "model_name": "redirect", "pk": 1},
        }  # fmt: skip

    def _values(self, place: Place) -> dict[str, Any]:
        page, clip = place.page, place.clip
        return {
            "page_id": page.pk, "page_to_move_id": page.pk, "page_pk": page.pk, "page": page.pk, "object_id": page.pk,
            "parent_page_id": place.parent.pk, "destination_id": place.parent.pk, "pk": page.pk,
            "revision_id": page.get_latest_revision().pk, "path": page.url_path.split("/", 2)[2],
            "image_id": place.image.pk, "picture": place.image.pk, "name": place.image.file.name,
            "document_id": place.document.pk, "doc_id": place.document.pk, "document": place.document.pk,
            "model_name": page._meta.model_name, "content_type_model_name": page._meta.model_name,
            "document_name": place.document.filename, "sent": {"poster": clip.posters.first().pk, "track": 2},
            "collection_id": place.collection.pk, "public_id": clip.public_id,
            "caption_pk": clip.captions.first().pk, "clips": {"pk": clip.pk}, "clip_chooser": {"pk": clip.pk},
            "media_file": {"name": "v720.mp4"},
            "wagtailadmin_api:pages": {"pk": page.pk, "action_name": "unpublish"},
            "wagtailadmin_api:documents": {"pk": place.document.pk}, "wagtailadmin_api:images": {"pk": place.image.pk},
            "wagtailadmin_collections": {"pk": place.collection.pk},
            "wagtaildocs_chooser": {"pk": place.document.pk}, "wagtailimages_chooser": {"pk": place.image.pk},
        }  # fmt: skip
