"""A report as one page that needs nothing else: no script, no font, no picture from anywhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape

from sameboat.study.pace import along
from sameboat.study.report.shapes import (
    Block,
    Bullets,
    Heading,
    NewPage,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Run,
    Table,
)
from sameboat.study.report.writers.parts import facts_of, is_number, runs_of, whose, words_of
from sameboat.study.text.plain import storable

_STYLE = """
:root{color-scheme:light dark}
body{font:17px/1.5 ui-rounded,system-ui,sans-serif;max-width:42em;margin:2em auto;padding:0 1em;
color:#22302f;background:#faf7f2}
h1,h2,h3,h4{line-height:1.2;margin:1.6em 0 .4em}
blockquote{margin:1em 0;padding:.4em 1em;border-left:4px solid #1d5c58;white-space:pre-line}
blockquote footer,.quiet,figcaption,caption{font-size:.88em;color:#43504c;text-align:left}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:1em 0}
th,td{border:1px solid #c9c2b2;padding:.25em .6em;text-align:left;vertical-align:top}td.number{text-align:right}
img{max-width:100%;height:auto;background:#fff}dt{font-weight:bold;float:left;clear:left;margin-right:.6em}dd{margin:0}
@media (prefers-color-scheme:dark){body{color:#e6ece9;background:#12191a}blockquote{border-color:#8fcfc4}
blockquote footer,.quiet,figcaption,caption{color:#aebab5}th,td{border-color:#455}}
@media print{.new-page{break-before:page}body{background:#fff;color:#000}}
"""


def write_html(report: Report) -> bytes:
    """The report as one HTML file in UTF-8. Every word is escaped; drawings cannot run anything."""
    title = escape(storable(report.title))
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts_of(report))
    body = "\n".join(part for block in along(report.body) for part in _block(block))
    return (
        f'<!doctype html>\n<html lang="{escape(report.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{f'<dl>{facts}</dl>' if facts else ''}\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level + 1}>{escape(storable(block.text))}</h{block.level + 1}>"
    elif isinstance(block, Paragraph):
        kind = ' class="quiet"' if block.quiet else ""
        yield f"<p{kind}>{_runs(block.text)}</p>"
    elif isinstance(block, Bullets):
        tag = "ol" if block.numbered else "ul"
        yield f"<{tag}>{''.join(f'<li>{_runs(item)}</li>' for item in block.items)}</{tag}>"
    elif isinstance(block, Quotation):
        yield f"<blockquote>{escape(storable(block.text))}<footer>{escape(whose(block))}</footer></blockquote>"
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Picture):
        source = base64.b64encode(storable(block.svg).encode()).decode("ascii")
        caption = f"<figcaption>{escape(storable(block.caption))}</figcaption>" if block.caption else ""
        words = escape(storable(block.words))
        yield f'<figure><img alt="{words}" src="data:image/svg+xml;base64,{source}">{caption}</figure>'
    elif isinstance(block, NewPage):
        yield '<div class="new-page"></div>'


def _runs(text: str | tuple[Run, ...]) -> str:
    parts = []
    for run in runs_of(text):
        words = escape(run.text).replace("\n", "<br>")
        words = f"<em>{words}</em>" if run.emphasis else words
        parts.append(f"<strong>{words}</strong>" if run.strong else words)
    return "".join(parts)


def _table(table: Table) -> Iterator[str]:
    yield '<div class="wide"><table>'
    if table.caption:
        yield f"<caption>{escape(storable(table.caption))}</caption>"
    head = "".join(f'<th scope="col">{escape(storable(name))}</th>' for name in table.head)
    yield f"<thead><tr>{head}</tr></thead><tbody>"
    for row in table.rows:
        cells = []
        for at, cell in enumerate(row):
            words = escape(words_of(cell)).replace("\n", "<br>")
            if at == 0 and table.heads_rows:
                cells.append(f'<th scope="row">{words}</th>')
            else:
                kind = ' class="number"' if is_number(cell) else ""
                cells.append(f"<td{kind}>{words}</td>")
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"
