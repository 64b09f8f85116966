"""Two cities, two people who work on their clips, and clips without files."""

import pytest

from home.access.roles import sync_city_roles
from media_pipeline.models import Clip, Job, Master, Package
from tests.home.archive import KEY, new_clip, person_in
from tests.home.recording import recorded


@pytest.fixture
@recorded
def tree(archive):
    """``{"a", "b"}``: two cities."""
    return {"a": archive.city("Augsburg", slug="augsburg"), "b": archive.city("Barcelona", slug="barcelona")}


@pytest.fixture
def admin(client, admin_user):
    """Sign in somebody who may do everything."""
    client.force_login(admin_user)
    return admin_user


@pytest.fixture
def editor(tree, client):
    """Sign in somebody who may work below the first city only."""
    user = person_in(sync_city_roles(tree["a"])["editor"])
    client.force_login(user)
    return user


@pytest.fixture
def make_clip(tree):
    """Make a clip of a city; ``ready`` gives it a package, ``job`` is the status of its newest job."""

    def make(city=None, *, ready=False, job=None, **facts) -> Clip:
        clip = new_clip(**{"collection": (city or tree["a"]).collection, **facts})
        Master.objects.create(clip=clip, file="aa/clip", original_name="clip.mp4", size_bytes=7, sha256="0" * 64)
        if ready:
            package = Package.objects.create(clip=clip, key=KEY, duration_s=61.4, size_bytes=1, warnings=clip.warnings)
            clip.package, clip.state = package, Clip.State.READY
            clip.save()
        if job:
            Job.objects.create(clip=clip, status=job, step=Job.Step.ENCODE, progress=0.41)
        return clip

    return make
