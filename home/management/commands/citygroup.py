"""``citygroup SLUG``: make, or repair, the group of people who edit one city."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.access.roles import create_city_group
from home.models import CityPage


class Command(BaseCommand):
    help = "Create the group that edits a city's pages, and add people to it by username."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="slug of the city's page")
        parser.add_argument("--user", action="append", default=[], help="username to add to the group; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        city = CityPage.objects.filter(slug=options["slug"]).first()
        if city is None:
            raise CommandError(f"No city has the slug “{options['slug']}”.")
        group = create_city_group(city)
        for name in options["user"]:
            self._add(group, name)
        self.stdout.write(f"The group “{group.name}” can edit {city.title}. Members: {group.user_set.count()}.")

    @staticmethod
    def _add(group: Any, name: str) -> None:
        users = group.user_set.model.objects.filter(username=name)
        if not users:
            raise CommandError(f"No user has the name “{name}”.")
        group.user_set.add(*users)
