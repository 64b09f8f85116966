"""What holds everywhere. Nothing here depends on the machine except through ``campaign_site.env``."""

from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

import dj_database_url

from campaign_site import env
from campaign_site.languages import ALL
from campaign_site.settings.languages import *  # noqa: F403 - settings modules are composed by star imports
from campaign_site.settings.security import *  # noqa: F403

ENV = env.load_environment()
BASE_DIR = env.PROJECT_DIR
DATA_DIR = ENV.data_dir

ROOT_URLCONF = "campaign_site.urls"
WSGI_APPLICATION = "campaign_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEBUG = False

BASE_URL = ENV.base_url or f"http://localhost:{ENV.port}"
TIME_ZONE = ENV.time_zone

# modeltranslation comes before the admin, which it patches; our packages before Wagtail, whose templates they replace.
INSTALLED_APPS = [
    "modeltranslation",
    "campaign_site",
    "demo.apps.DemoConfig",
    "exchange.apps.ExchangeConfig",
    "home.apps.HomeConfig",
    "media_pipeline.apps.MediaPipelineConfig",
    "csp",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "campaign_site.headers.content_length",
    "django.middleware.security.SecurityMiddleware",
    "campaign_site.headers.permissions_policy",
    "campaign_site.bad_requests.BadRequestMiddleware",
    "campaign_site.headers.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "campaign_site.locale_redirects.AnsweredLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.admin.guard.AdminGuardMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Measured: of 800 read-then-write transactions in four processes 591 failed as "locked" when DEFERRED, none when
# IMMEDIATE.
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "polyphony.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    },
}
# No connection to PostgreSQL outlives its request: threads are many, and most of them only pass on bytes.
POSTGRESQL = dj_database_url.parse(ENV.database_url, conn_health_checks=True) if ENV.database_url else {}
# A server that went away without a word is noticed within half a minute, not after the hours that TCP waits by itself.
POSTGRESQL["OPTIONS"] = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    **POSTGRESQL.get("OPTIONS", {}),
}
DATABASES = {"default": POSTGRESQL if ENV.database_url else SQLITE}
LOCALE_PATHS = [BASE_DIR / "locale"]

# Collected at set-up, under names with a hash of the content, compressed: browsers keep them for ever.
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# Pictures and documents of the editors. Only renditions of pictures are public by address; see home.urls.
MEDIA_ROOT = DATA_DIR / "uploads"
MEDIA_URL = "/uploads/"

# Where the proxy in front sends media files by itself, this is the prefix it listens to; see home.media.delivery.
MEDIA_ACCEL = ENV.media_accel

FILE_SYSTEM_STORAGE = "django.core.files.storage.FileSystemStorage"
PRIVATE_OPTIONS = {"base_url": None, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
STORAGES = {
    "default": {"BACKEND": FILE_SYSTEM_STORAGE},
    "staticfiles": {"BACKEND": "campaign_site.static_storage.HashedStaticFilesStorage"},
    # Masters hold what people brought, GPS and all: never served, readable by the site's user alone.
    "masters": {"BACKEND": FILE_SYSTEM_STORAGE, "OPTIONS": {"location": DATA_DIR / "masters", **PRIVATE_OPTIONS}},
    # Complete packages. Served by state (home.media.files), so the storage itself has no address.
    "published": {"BACKEND": FILE_SYSTEM_STORAGE, "OPTIONS": {"location": DATA_DIR / "published", "base_url": None}},
}
if ENV.originals_replica_dir:
    STORAGES["masters_replica"] = {
        "BACKEND": FILE_SYSTEM_STORAGE,
        "OPTIONS": {"location": ENV.originals_replica_dir, **PRIVATE_OPTIONS},
    }

# Whether the last entry of X-Forwarded-For is the sender of a request (see home.sign_in.attempts).
BEHIND_PROXY = ENV.behind_proxy

# Wagtail indexes and updates references in tasks: they must run at once. Transcoding waits for a worker.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "media": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "quick"]},
}

# Videos wait here until their form is read: on the disk of the data, /tmp is often memory. The worker cleans it.
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "work" / "incoming"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "home.upload_handler.LimitedUploadHandler",
]

# A clip belongs to a collection, as images and documents do: rights follow from it.
MEDIA_PIPELINE_COLLECTION_MODEL = "wagtailcore.Collection"
MEDIA_PIPELINE = {
    "FFMPEG_BIN": ENV.ffmpeg_bin or None,
    "FFPROBE_BIN": ENV.ffprobe_bin or None,
    "PACKAGER_BIN": ENV.packager_bin or None,
    "SANDBOX": ENV.sandbox,
    "ALLOW_WEAK_SANDBOX": True,
    # On the same disk as the published media, so that a finished package moves into place in one step.
    "WORK_DIR": DATA_DIR / "work",
    "LEDGER_FILE": (ENV.ledger_dir or DATA_DIR / "ledger") / "withdrawals.jsonl",
    "WORKERS": ENV.media_workers,
    "QUICK_WORKERS": ENV.media_quick_workers,
    "THREADS": ENV.media_threads,
    "CODECS": ("h264",) if ENV.video_codecs == "h264" else ("av1", "h264"),
    "RUNGS_ON_DEMAND": ENV.rungs_on_demand,
    "AV1_TEN_BIT": ENV.video_codecs == "av1-10bit",
    "MAX_UPLOAD_BYTES": ENV.max_upload_mb * 1024 * 1024,
    "QUOTA_USER_BYTES": ENV.quota_user_mb * 1024 * 1024,
    "QUOTA_CITY_BYTES": ENV.quota_city_mb * 1024 * 1024,
    "INCOMING_GRACE_S": ENV.unfinished_upload_hours * 3600.0,
    "LEGACY_ENCODINGS": {language.code: language.legacy_encoding for language in ALL},
    "ALPHABETS": {language.code: language.letters for language in ALL},
}

# Names such as "localtime" and "Factory" are no places, and browsers refuse them.
WAGTAIL_USER_TIME_ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
WAGTAIL_SITE_NAME = "Polyphony"
WAGTAILADMIN_BASE_URL = BASE_URL
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAILSEARCH_BACKENDS = MODELSEARCH_BACKENDS
# Pictures carry photographer and licence; the model is chosen once, before the first migration.
WAGTAILIMAGES_IMAGE_MODEL = "home.Picture"
WAGTAILADMIN_USER_LOGIN_FORM = "home.sign_in.forms.SignInForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "home.sign_in.forms.PasswordMailForm"  # noqa: S105 - a form
# Documents are handed out by a view that asks who may see them, never by address of the file.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx", "txt", "csv", "zip"]
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # to be kept, never shown in place; see home.media.documents
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.documents.form_fields.DocumentUploadForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.images.form_fields.ImageUploadForm"
# What the uploader takes by name before it is judged by content; what is stored is a JPEG, PNG or WebP.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "jpe", "jfif", "mpo", "png", "webp", "heic", "heif", "hif", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAIL_ENABLE_UPDATE_CHECK = False  # it would ask a third party from every editor's browser
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing of anybody else is embedded

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a page in every language is a long form
# The largest body of a request by somebody who is signed in, by the start of its address (the longest counts);
# everybody else may send what a small form needs. See campaign_site.server.body_limits.
FORM_BODY_BYTES = 4 * 1024 * 1024  # with what surrounds its fields, of which Django itself takes 2.5 MB
REQUEST_BODY_LIMITS = {
    ADMIN_PREFIX: FORM_BODY_BYTES,
    f"{ADMIN_PREFIX}account/": FORM_BODY_BYTES + WAGTAILIMAGES_MAX_UPLOAD_SIZE,
    f"{ADMIN_PREFIX}images/": FORM_BODY_BYTES + WAGTAILIMAGES_MAX_UPLOAD_SIZE,
    f"{ADMIN_PREFIX}documents/": FORM_BODY_BYTES + WAGTAILDOCS_MAX_UPLOAD_SIZE,
    f"{ADMIN_PREFIX}clips/": FORM_BODY_BYTES + ENV.max_upload_mb * 1024 * 1024,
}
FILE_UPLOAD_PERMISSIONS = 0o644

EMAIL_SUBJECT_PREFIX = "[Polyphony] "
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from
if ENV.email_url:
    _mail = urlsplit(ENV.email_url)
    EMAIL_HOST = _mail.hostname
    EMAIL_PORT = _mail.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[_mail.scheme]
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 15  # seconds: a request waits for the mail to be taken
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # where the log goes

# One line per event on standard error for a sysadmin to read, without anybody's address: time, level, source, message.
# ``2026-03-01T12:00:00+0100 WARNING media_pipeline.jobs.submit job 12 retried``
# Who keeps the lines, and for how long, is the business of what started us.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "campaign_site.log_format.OneLineFormatter"}},
    "filters": {
        "limited": {"()": "campaign_site.log_limits.LimitedLines"},
        "without_outages": {"()": "campaign_site.outage_lines.WithoutOutages"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["limited", "without_outages"]}
    },
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    "loggers": {
        "django": {"handlers": [], "level": ENV.log_level, "propagate": True},
        # Requests are the proxy's business, and its lines would carry addresses; errors still come through.
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        # Missing pages, too: anybody can ask for as many as they like.
        "django.request": {"level": "ERROR"},
        # Each task would be two lines, and Wagtail makes several for every saved page.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "PIL": {"level": "INFO"},
        "pikepdf": {"level": "WARNING"},
    },
}
