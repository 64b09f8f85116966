"""A small tree, two people who work on it, and clips without a film behind them."""

import pytest
from django.contrib.auth.models import User
from wagtail.models import Page, Site

from home.access.roles import sync_city_roles
from home.models import CityIndexPage, CityPage, HomePage
from media_pipeline.models import Clip, Job, Master, Package
from tests.home.recording import recorded

FILES = "django.core.files.storage.FileSystemStorage"


@pytest.fixture(autouse=True)
def rooms(settings, tmp_path):
    """Masters and packages below the test's own folder."""
    own = {name: {"BACKEND": FILES, "OPTIONS": {"location": tmp_path / name}} for name in ("masters", "published")}
    settings.STORAGES = {**settings.STORAGES, **own}
    settings.MEDIA_PIPELINE = {"WORK_DIR": tmp_path / "work", "MIN_FREE_BYTES": 1, "ALLOW_WEAK_SANDBOX": True}


@pytest.fixture
@recorded
def tree(db):
    """``{"home", "a", "b"}``: a start page and two cities."""
    Site.objects.all().delete()
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Home", slug="polyphony", headline_en="Home"))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    index = home.add_child(instance=CityIndexPage(title="Cities", slug="cities", headline_en="Cities"))
    cities = {
        slug: index.add_child(instance=CityPage(title=slug, slug=slug, headline_en=slug.title(), country="DE"))
        for slug in ("augsburg", "barcelona")
    }
    return {"home": home, "a": cities["augsburg"], "b": cities["barcelona"]}


@pytest.fixture
def admin(db, client):
    """Sign in somebody who may do everything."""
    user = User.objects.create_superuser("admin", "admin@example.org", "secret")
    client.force_login(user)
    return user


@pytest.fixture
def editor(tree, client):
    """Sign in somebody who may work below the first city only."""
    user = User.objects.create_user("editor", "editor@example.org", "secret")
    user.groups.add(sync_city_roles(tree["a"])["editor"])
    client.force_login(user)
    return user


@pytest.fixture
def make_clip(tree):
    """Make a clip of a city; ``ready`` gives it a package, ``job`` is the status of its newest job."""

    def make(city=None, *, ready=False, job=None, **facts) -> Clip:
        facts = {"title": "Etiketten", "spoken_language": "de", "collection": (city or tree["a"]).collection} | facts
        clip = Clip.objects.create(**facts)
        Master.objects.create(clip=clip, file="aa/film", original_name="film.mp4", size_bytes=7, sha256="0" * 64)
        if ready:
            package = Package.objects.create(clip=clip, key="k" * 24, duration_s=61.4, size_bytes=1)
            clip.package, clip.state = package, Clip.State.READY
            clip.save()
        if job:
            Job.objects.create(clip=clip, status=job, step=Job.Step.ENCODE, progress=0.41)
        return clip

    return make
