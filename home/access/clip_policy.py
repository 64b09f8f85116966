"""Who may work on which clip: administrators on all, a city's editors on theirs, everybody on what they brought."""

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import page_permission_policy

from home.clip_lookup import pages_showing
from home.models import CityPage
from media_pipeline.models import Clip


def cities_of(user) -> QuerySet[CityPage]:
    """Cities below which the user may add pages, and so may bring clips for."""
    cities = CityPage.objects.all()
    if user.is_superuser:
        return cities
    allowed = page_permission_policy.instances_user_has_permission_for(user, "add")
    return cities.filter(pk__in=allowed.values("pk"))


def clips_of(user) -> QuerySet[Clip]:
    """Clips the user may work on."""
    if user.is_superuser:
        return Clip.objects.all()
    return Clip.objects.filter(Q(city_ref__in=cities_of(user).values("pk")) | Q(uploader=user))


class ClipPermissionPolicy(BasePermissionPolicy):
    """The same answers in the form Wagtail's views ask for. Actions are not told apart: who may see may work."""

    def __init__(self) -> None:
        super().__init__(Clip)

    def user_has_permission(self, user, action):
        if not (user.is_active and user.has_perm("wagtailadmin.access_admin")):
            return False
        return user.is_superuser or cities_of(user).exists() or Clip.objects.filter(uploader=user).exists()

    def user_has_any_permission(self, user, actions):
        return self.user_has_permission(user, None)

    def user_has_permission_for_instance(self, user, action, instance):
        return clips_of(user).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return self.user_has_permission_for_instance(user, None, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        return clips_of(user)

    def instances_user_has_permission_for(self, user, action):
        return clips_of(user)

    def users_with_any_permission(self, actions):
        return get_user_model().objects.filter(is_active=True, is_superuser=True)

    def users_with_permission(self, action):
        return self.users_with_any_permission((action,))


def has_page(clip: Clip) -> bool:
    """Whether any page shows the clip, be it live, a draft or scheduled; such a clip is not deleted under it."""
    return bool(pages_showing(clip))
