"""``rolegroup ROLE``: make, or repair, the group that carries a role, and add people to it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.access.roles import sync_archive_role, sync_city_roles
from home.models import ArchiveRole, CityPage, CityRole


class Command(BaseCommand):
    help = (
        "Make or repair the group of a role and add people to it: editors and contributors of a --city, "
        "archive_editor, or translators into a --language."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=[*CityRole.Role.values, *ArchiveRole.Role.values])
        parser.add_argument("--city", default="", metavar="SLUG", help="slug of the city's page")
        parser.add_argument("--language", default="", metavar="CODE", help="language of the translators, such as de")
        parser.add_argument("--user", action="append", default=[], help="username to add to the group; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        role, slug = options["role"], options["city"]
        if bool(slug) != (role in CityRole.Role.values):
            raise CommandError("The roles editor and contributor need a --city, and only they have one.")
        try:
            if slug:
                group = sync_city_roles(CityPage.objects.get(slug=slug))[role]
            else:
                group = sync_archive_role(role, options["language"])
        except CityPage.DoesNotExist as problem:
            raise CommandError(f"There is no city with the slug {slug}.") from problem
        except ValidationError as problem:
            raise CommandError("The role translator needs a --language of this site, and only it has one.") from problem
        users = {name: group.user_set.model.objects.filter(username=name).first() for name in options["user"]}
        unknown = [name for name, user in users.items() if user is None]
        if unknown:
            raise CommandError(f"There is no user called {unknown[0]}.")
        group.user_set.add(*users.values())
        self.stdout.write(f"The group is called {group.name} and has {group.user_set.count()} members.")
