"""``/robots.txt``: crawlers may read everything but the admin and media files; posters are for link previews."""

from django.http import HttpRequest, HttpResponse

from home.links import base_url

ROBOTS_TXT = """User-agent: *
Disallow: /admin/
Disallow: /media/
Allow: /media/*/poster
Allow: /

Sitemap: {base}/sitemap.xml
"""


def robots_txt(request: HttpRequest) -> HttpResponse:
    """Plain text for crawlers."""
    return HttpResponse(ROBOTS_TXT.format(base=base_url(request)), content_type="text/plain; charset=utf-8")
