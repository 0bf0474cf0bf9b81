"""Run by Taguette's own interpreter: makes a study with Taguette's code, exports it as Taguette does.

Arguments: a folder. Writes `all.sqlite3` (its database), `export.sqlite3` (its project export) and `codebook.qdc`.
"""

import sys
from pathlib import Path

from taguette import convert, database, export, extract

PAGES = {
    "Evening": "<h1>An evening</h1>\n<p>🫖🍲🥣 Support was there, and <b>soup</b>.</p>\n"
    "<ul><li>We felt supportive.</li>\n<li>שלום, said Ana &amp; Ben.</li></ul>",
    "Morning": "<p>Nobody had to speak.</p><p>The  kettle\nsang.</p>",
}
HIGHLIGHTS = {
    "Evening": [("soup", ["support"]), ("We felt supportive.", ["supportive", "support.warm"]), ("שלום", [])],
    "Morning": [("The  kettle\nsang.", ["support"])],
}
TAGS = {"support": "being held", "supportive": "holding", "support.warm": "", "interesting": "Further review required"}


def text_of(page: str) -> str:
    """The text of a page as Taguette counts it: all its pieces put together."""
    return "".join(piece for piece in extract.BeautifulSoup(page, "html5lib").body.strings)


def add_document(db, project, tags: dict, name: str) -> None:
    page = convert.get_html_body(PAGES[name])
    document = database.Document(
        name=name, description="invented", filename=f"{name}.html", project=project, contents=page,
        text_direction=database.TextDirection.LEFT_TO_RIGHT,
    )  # fmt: skip
    db.add(document)
    db.flush()
    whole = text_of(page)
    for words, on in HIGHLIGHTS[name]:
        start = len(whole[: whole.index(words)].encode())
        end = start + len(words.encode())
        snippet = extract.extract(page, start, end)
        highlight = database.Highlight(document=document, start_offset=start, end_offset=end, snippet=snippet)
        highlight.tags = [tags[tag] for tag in on]
        db.add(highlight)
        db.flush()
        db.add(database.Command.highlight_add("admin", document, highlight, [tags[tag].id for tag in on]))


def main(folder: Path) -> None:
    session = database.connect(f"sqlite:///{folder}/all.sqlite3")
    db = session()
    db.add(database.User(login="admin"))
    project = database.Project(name="Two groups", description="What keeps people coming?")
    db.add(project)
    db.flush()
    db.add(database.ProjectMember(project=project, user_login="admin", privileges=database.Privileges.ADMIN))
    tags = {path: database.Tag(project=project, path=path, description=words) for path, words in TAGS.items()}
    db.add_all(tags.values())
    db.flush()
    for name in PAGES:
        add_document(db, project, tags, name)
    db.commit()
    copied = database.connect(f"sqlite:///{folder}/export.sqlite3")()
    copied.add(database.User(login="admin"))
    copied.flush()
    database.copy_project(db, copied, project.id, "admin")
    copied.commit()
    export.codebook_xml(list(tags.values()), str(folder / "codebook.qdc"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
