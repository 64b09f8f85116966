"""``python -m tests.server.content``: fill a migrated, empty archive with a start page, a few clips and a long film.

It runs in a process of its own, with the settings and the folder of the site that is to be served.
"""

import os
import sys

FILM_BYTES = 200 * 1024 * 1024


def main() -> None:
    """Print the address of the film, the key of a session that is somebody's, and the key of a city."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.dev")
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.files.storage import storages
    from django.db import transaction

    from tests.home import archive as building

    with transaction.atomic():
        archive = building.build()
        cities = (archive.city("Lille"), archive.city("Girona"))
        for city in cities:
            pages = [archive.clip_page(city) for _ in range(3)]
        clip = pages[-1].clip
        user = get_user_model().objects.create_superuser("admin", "admin@example.org", "not needed")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
    film = storages["published"].path(f"{clip.public_id}/{building.KEY}/v720.mp4")
    with open(film, "r+b") as file:  # noqa: PTH123 - a path as text is what the storage gives
        file.truncate(FILM_BYTES)  # the rest are zeros that need no disk
    sys.stdout.write(f"/media/{clip.public_id}/{building.KEY}/v720.mp4 {session.session_key} {cities[0].pk}\n")


if __name__ == "__main__":
    main()
