"""Every setting of the study, once. Each is an environment variable `SAMEBOAT_STUDY_NAME`.

`docs/study-settings.md` is made from this table by `make settings-page`.
"""

from __future__ import annotations

from sameboat.lib.environment import BadSetting, Setting, Settings

PREFIX = "SAMEBOAT_STUDY_"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

TABLE = (
    Setting(
        "DATA",
        "study",
        "Folder that holds everything: the one database file, recordings, the secret. Made if missing.",
    ),
    Setting(
        "MODE",
        "laptop",
        "laptop: one person at this machine, nobody signs in, reachable from this machine only. "
        "team: researchers sign in with a passphrase and a code from their phone.",
        ("laptop", "team"),
    ),
    Setting(
        "DATABASE",
        "",
        "Empty: one SQLite file in the data folder. Or an address such as "
        "postgresql://name:password@host:5432/study (a socket folder goes into ?host=).",
    ),
    Setting(
        "SECRET",
        "",
        "Key that signs sessions. Empty: made at first start and kept in the data folder, readable by its owner only.",
    ),
    Setting("PORT", "8001", "Port the study listens on."),
    Setting("BIND", "127.0.0.1", "Address the study listens on. On a laptop it must be this machine's own."),
    Setting(
        "ORIGIN",
        "",
        "The one address people type, such as https://study.example. Empty: http://localhost and the port.",
    ),
    Setting(
        "PROXIES",
        "127.0.0.1",
        "Addresses of the web servers in front, comma separated; only these may say which address a request came from.",
    ),
    Setting("TIME_ZONE", "Europe/London", "Time zone of the dates on pages and in reports."),
    Setting(
        "CLOCK_FILE",
        "",
        "For tests only: a file with a number of seconds by which this server's clock is moved.",
    ),
)

_settings = Settings(PREFIX, TABLE)
read = _settings.read
read_port = _settings.read_port
read_origin = _settings.read_origin
data_folder = _settings.data_folder
secret = _settings.secret
rows = _settings.rows


def read_bind() -> str:
    """The address to listen on. Raises BadSetting where a laptop would be open to its network."""
    address = read("BIND")
    if read("MODE") == "laptop" and address not in LOOPBACK:
        raise BadSetting(f"{PREFIX}BIND must be 127.0.0.1 on a laptop, where nobody signs in. Or set MODE to team.")
    return address
