"""Pages: what a browser shows while a workspace installs us. They hold no script, and load nothing."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from types import MappingProxyType
from typing import Final

from aiohttp import web

from bot.wording.slack_pages import SAY

_STYLE: Final = (
    ":root{color-scheme:light dark;font:18px/1.5 system-ui,sans-serif}"
    "body{max-width:34rem;margin:15vh auto;padding:0 1.5rem}h1{font-size:1.6rem;line-height:1.2}"
    "a{color:LinkText}"
)
_STYLE_HASH: Final = b64encode(sha256(_STYLE.encode()).digest()).decode("ascii")

HEADERS: Final = MappingProxyType(
    {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'none'"
        ),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
"""On every answer: the address of the page holds a code of Slack's, which is nobody else's business."""


def page(heading: str, sentence: str, link: str, label: str, *, status: int = 200) -> web.Response:
    """Return a page that says *sentence*, with one link below."""
    text = (
        f'<!doctype html>\n<html lang="{escape(SAY.language())}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(heading)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(heading)}</h1>\n<p>{escape(sentence)}</p>\n"
        f'<p><a href="{escape(link)}" rel="noreferrer">{escape(label)}</a></p>\n</main>\n</body>\n</html>\n'
    )
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status, headers=HEADERS)
