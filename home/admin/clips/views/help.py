"""What a code means and what to do about it, for everybody who may open the admin."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.admin.error_help import code_meanings, known_codes


class HelpView(WagtailAdminTemplateMixin, TemplateView):
    """All codes, each with its sentence."""

    template_name = "home/admin/clips/help.html"
    page_title = _("Error codes")
    header_icon = "help"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        clips = {"url": reverse("clips:index"), "label": _("Clips")}
        return [*self.breadcrumbs_items, clips, *self.own_breadcrumbs()]

    def own_breadcrumbs(self):
        return [{"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        codes = [{"code": code, "meanings": code_meanings(code)} for code in known_codes()]
        return super().get_context_data(codes=codes, **kwargs)


class HelpCodeView(HelpView):
    """One code."""

    template_name = "home/admin/clips/help_code.html"

    def own_breadcrumbs(self):
        index = {"url": reverse("clips:help"), "label": self.page_title}
        return [index, {"url": "", "label": self.kwargs["code"]}]

    def get_page_subtitle(self):
        return self.kwargs["code"]

    def get_context_data(self, **kwargs):
        found = code_meanings(self.kwargs["code"])
        if not found:
            raise Http404
        return super().get_context_data(meanings=found, **kwargs)
