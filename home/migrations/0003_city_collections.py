"""Give each city its collection and its clips, and each group that was made for a city its role.

Until now a group belonged to a city because its name began with "city:" and it had rights on the city's page; the
collection of its images and documents becomes the city's.
"""

from django.conf import settings
from django.db import migrations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEP_LENGTH = 4  # treebeard's, and its alphabet: models of migrations cannot add children by themselves


def give_cities_their_own(apps, schema_editor):
    CityPage = apps.get_model("home", "CityPage")
    CityRole = apps.get_model("home", "CityRole")
    Clip = apps.get_model("media_pipeline", "Clip")
    for city in CityPage.objects.order_by("pk"):
        group = group_of(apps, city)
        collection = collection_of(apps, group) or add_collection(apps, city.title)
        CityPage.objects.filter(pk=city.pk).update(collection=collection)
        Clip.objects.filter(city_ref=city.pk).update(collection=collection)
        if group is not None:
            CityRole.objects.create(collection=collection, role="editor", group=group)


def give_translators_their_role(apps, schema_editor):
    """Groups called "lang:de" held the translators into German."""
    ArchiveRole = apps.get_model("home", "ArchiveRole")
    for code, _name in settings.LANGUAGES:
        group = apps.get_model("auth", "Group").objects.filter(name=f"lang:{code}").first()
        if group is not None:
            ArchiveRole.objects.create(role="translator", language=code, group=group)


def group_of(apps, city):
    """The group that was made for ``city``, None for a city without people."""
    permissions = apps.get_model("wagtailcore", "GroupPagePermission").objects
    taken = apps.get_model("home", "CityRole").objects.values("group")
    found = permissions.filter(page_id=city.pk, group__name__startswith="city:").exclude(group__in=taken)
    first = found.order_by("group_id").first()
    return first.group if first else None


def collection_of(apps, group):
    """The collection in which the group works, None where there is none of its own."""
    taken = apps.get_model("home", "CityPage").objects.exclude(collection=None).values("collection")
    permissions = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    own = permissions.filter(group=group, collection__depth__gt=1).exclude(collection__in=taken)
    first = own.order_by("collection_id").first()
    return first.collection if first else None


def add_collection(apps, name):
    """Add a collection as the last child of the root."""
    collections = apps.get_model("wagtailcore", "Collection").objects
    root = collections.get(depth=1)
    last = collections.filter(depth=2).order_by("path").last()
    number = int(last.path[-STEP_LENGTH:], 36) + 1 if last else 1
    step = ""
    for _position in range(STEP_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        step = ALPHABET[digit] + step
    collections.filter(pk=root.pk).update(numchild=collections.filter(depth=2).count() + 1)
    return collections.create(name=name[:255], path=root.path + step, depth=2, numchild=0)


class Migration(migrations.Migration):

    dependencies = [
        ("home", "0002_roles"),
    ]
    run_before = [
        ("media_pipeline", "0007_rest_to_root_collection"),
    ]

    operations = [
        migrations.RunPython(give_cities_their_own, migrations.RunPython.noop),
        migrations.RunPython(give_translators_their_role, migrations.RunPython.noop),
    ]
