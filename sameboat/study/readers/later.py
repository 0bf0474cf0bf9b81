"""Libraries that are loaded with the first file that needs them."""

from __future__ import annotations

from typing import Any

from sameboat.study.text.later import Later

etree: Any = Later("lxml.etree")
charset_normalizer: Any = Later("charset_normalizer")
webvtt: Any = Later("webvtt")
