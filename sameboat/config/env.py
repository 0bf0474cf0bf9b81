"""Every setting, once: its name, its default, and what it does. Nothing else reads the environment.

Each is set by an environment variable `SAMEBOAT_NAME`. `docs/settings.md` is made from this table.
"""

from __future__ import annotations

from sameboat.lib.environment import BadSetting, Setting, Settings, for_a_program

__all__ = [
    "PREFIX", "TABLE", "BadSetting", "Setting", "data_folder", "for_a_program", "read", "read_origin", "read_port",
    "rows", "secret",
]  # fmt: skip
PREFIX = "SAMEBOAT_"

TABLE = (
    Setting("DATA", "data", "Folder that holds everything: database, secret, backups. Made if missing."),
    Setting(
        "DATABASE",
        "",
        "Empty: SQLite in the data folder. Or an address such as postgresql://name:password@host:5432/sameboat "
        "(a socket folder goes into ?host=).",
    ),
    Setting(
        "SECRET",
        "",
        "Key that signs staff sessions. Empty: made at first start and kept in the data folder, "
        "readable by its owner only.",
    ),
    Setting("PORT", "8000", "Port the server listens on."),
    Setting(
        "BIND",
        "127.0.0.1",
        "Address the server listens on. Keep it local and put a web server with TLS before it.",
    ),
    Setting(
        "ORIGIN",
        "",
        "The one address people type, such as https://example.org. Empty: http://localhost and the port. "
        "The name must not hold the topic.",
    ),
    Setting(
        "PROXIES",
        "127.0.0.1",
        "Addresses of the web servers in front, comma separated; only these may say which address a request came from.",
    ),
    Setting(
        "SITE_NAME",
        "Same Boat",
        "Name in titles and on the first page. Choose one that does not hold the topic.",
    ),
    Setting(
        "EXIT_TO",
        "https://www.bbc.co.uk/weather",
        'Where "Leave this page now" goes: an ordinary page that raises no question.',
    ),
    Setting(
        "START_MODE",
        "code",
        "Who may start a group: with a code from the operator, on request, or anyone.",
        ("code", "request", "open"),
    ),
    Setting("OPERATOR_NAME", "", "Who runs this site, as people would say it. Shown on the privacy page."),
    Setting(
        "OPERATOR_CONTACT",
        "",
        "How to reach the people who run this site: an e-mail address or a telephone number. Shown on public pages.",
    ),
    Setting(
        "CONTACT_KEY",
        "",
        "Public half of the key that reports are sealed to (`sameboat contact make`). Empty: no group can send any.",
    ),
    Setting(
        "COUNTRY",
        "gb",
        'The country whose lines "Get help now" shows first; the others are one link away.',
        ("gb", "ie", "us", "ca", "au", "nz"),
    ),
    Setting(
        "APP_NAME",
        "Notes",
        "Name under the icon on a telephone's home screen. Choose one that says nothing.",
    ),
    Setting(
        "TOLD_WORDS",
        "Something is waiting",
        "The only words of every notification and e-mail, the same for everybody. They must not hold the topic.",
    ),
    Setting("PUSH", "on", "Whether members may be told by their browser's push service.", ("on", "off")),
    Setting(
        "PUSH_KEY",
        "",
        "This site's private key towards push services, 32 bytes as base64url. Empty: made at first use and kept in "
        "the data folder, readable by its owner only. Keep it: with another key every member has to ask anew.",
    ),
    Setting(
        "PUSH_HOSTS",
        "fcm.googleapis.com, updates.push.services.mozilla.com, *.push.apple.com, *.notify.windows.com",
        "Push services this site sends to, comma separated; `*.` stands for any name before. Always https.",
    ),
    Setting(
        "PUSH_TEST_TO",
        "",
        "For tests only: one more place pushes may go to, without TLS, such as http://127.0.0.1:9000. "
        "Refused by `sameboat check --deploy`.",
    ),
    Setting("SMTP_HOST", "", "Mail server that e-mails go out by. Empty: nobody can be told by e-mail."),
    Setting("SMTP_PORT", "587", "Its port."),
    Setting(
        "SMTP_TLS",
        "starttls",
        "How it is spoken to: `starttls`, `tls` from the first byte, or `off`, for one on this machine only.",
        ("starttls", "tls", "off"),
    ),
    Setting("SMTP_USER", "", "Name to sign in there with. Empty: without signing in."),
    Setting("SMTP_PASSWORD", "", "Password to sign in there with."),
    Setting("MAIL_FROM", "", "Sender of every e-mail, such as notes@example.org. Choose one that says nothing."),
    Setting(
        "TURN_URLS",
        "",
        "Where the relay for voices is, comma separated, such as turn:relay.example.org:3478. "
        "Empty: members cannot ring each other.",
    ),
    Setting("TURN_SECRET", "", "What this site shares with the relay: its `static-auth-secret`, to make passes from."),
    Setting("API_DOCS", "off", "Whether /api/docs describes the API.", ("on", "off")),
    Setting(
        "CLOCK_FILE",
        "",
        "For tests only: a file with a number of seconds by which this server's clock is moved. "
        "Refused by `sameboat check --deploy`.",
    ),
)

_settings = Settings(PREFIX, TABLE)
read = _settings.read
read_port = _settings.read_port
read_origin = _settings.read_origin
data_folder = _settings.data_folder
secret = _settings.secret
rows = _settings.rows
