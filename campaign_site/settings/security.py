"""What browsers are told: content policy, cookies, referrers, permissions. HTTPS itself is in ``production``."""

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

ADMIN_PREFIX = "/admin/"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],  # hls.js hands the video element a MediaSource by a blob: address
        "worker-src": [SELF, "blob:"],  # and remuxes in a worker it makes of its own text
        "connect-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
# Seen in a browser with Wagtail 7.4: date fields, choosers and blocks start themselves by inline scripts, and the rich
# text editor writes style elements, all of them inserted later, which no nonce can cover.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
}

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "midi", "payment", "usb")
)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"  # Wagtail lets its previews off this by itself

# Cookies exist for people who signed in; the language stands in the address.
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "wagtailadmin_login"

# The first slows down guessing, whatever asked for the password.
AUTHENTICATION_BACKENDS = ["home.sign_in.backend.SlowedSignIn", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
