"""What browsers are told, on a public page and at the editors' desk; and that nobody gets a cookie for looking."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from campaign_site.headers import ContentPolicyMiddleware, permissions_policy

PUBLIC = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "media-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "object-src": "'none'",
    "manifest-src": "'self'",
}


def policy(response: HttpResponse) -> dict[str, str]:
    """Return the content policy as directive -> sources."""
    parts = [part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, _space, sources in parts}


def answer(path: str, *, with_nonce: bool = False) -> HttpResponse:
    """Send a request through the middleware to a view that may use its nonce."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(str(request.csp_nonce) if with_nonce else "")

    return ContentPolicyMiddleware(view)(RequestFactory().get(path))


def test_public_policy() -> None:
    assert policy(answer("/en/")) == PUBLIC


def test_a_nonce_is_named_when_it_is_used_and_never_twice_the_same() -> None:
    first, second = answer("/en/", with_nonce=True), answer("/en/", with_nonce=True)
    nonce = first.content.decode()
    assert re.fullmatch(r"[A-Za-z0-9+/]{22}==", nonce)
    assert policy(first) == PUBLIC | {
        "script-src": f"'self' 'nonce-{nonce}'",
        "style-src": f"'self' 'nonce-{nonce}'",
    }
    assert second.content.decode() != nonce


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/3/edit/"])
def test_only_the_desk_may_carry_inline_scripts_and_styles(path: str) -> None:
    assert policy(answer(path)) == PUBLIC | {
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
    }


@pytest.mark.parametrize("path", ["/administration/", "/en/admin/"])
def test_what_is_only_called_like_the_desk_is_public(path: str) -> None:
    assert policy(answer(path)) == PUBLIC


def test_permissions_policy_leaves_a_view_its_own() -> None:
    def frame(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Permissions-Policy": "fullscreen=*"})

    request = RequestFactory().get("/")
    assert permissions_policy(frame)(request).headers["Permissions-Policy"] == "fullscreen=*"
    plain = permissions_policy(lambda _request: HttpResponse())(request)
    assert "camera=()" in plain.headers["Permissions-Policy"].split(", ")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/en/", "/de/nothing-here/", "/healthz", "/robots.txt", "/sitemap.xml"])
def test_looking_costs_no_cookie(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_signing_in_sets_a_cookie_scripts_cannot_read(client: Client, admin_user: object) -> None:
    client.post("/admin/login/", {"username": "admin", "password": "password"})
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
