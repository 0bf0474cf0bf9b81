"""Run by Taguette's own interpreter: highlights of one new tag on one document, into its database.

Arguments: database, project, document, tag, how many. Prints the tag's id.
"""

import sys

from taguette import database, extract

WIDE = 60


def main(path: str, project: int, document: int, path_of_tag: str, number: int) -> int:
    db = database.connect(f"sqlite:///{path}")()
    tag = database.Tag(project_id=project, path=path_of_tag, description="")
    db.add(tag)
    found = db.query(database.Document).filter(database.Document.id == document).one()
    whole = "".join(extract.BeautifulSoup(found.contents, "html5lib").body.strings).encode()
    step = (len(whole) - WIDE) / max(number, 1)
    for at in range(number):
        start = int(step * at)
        snippet = whole[start : start + WIDE].decode("utf-8", "replace")
        highlight = database.Highlight(document=found, start_offset=start, end_offset=start + WIDE, snippet=snippet)
        highlight.tags = [tag]
        db.add(highlight)
    db.commit()
    return int(tag.id)


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5])))
