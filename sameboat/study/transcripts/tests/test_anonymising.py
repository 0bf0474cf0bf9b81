"""Names in text: found by pattern, replaced as whole words, with every place kept."""

from hypothesis import given
from hypothesis import strategies as st

from sameboat.study.transcripts.anonymising import Replacement, come_back, replace, suggestions

TEXT = "We met at Larkspur House. Then Tom O'Brien came. tom o'brien laughed. Tomorrow Tom's dog, at tom@boat.example!"


def test_runs_numbers_and_addresses_are_suggested_and_ordinary_words_are_not() -> None:
    found = {one.find: one.category for one in suggestions(TEXT + " NG7 2RD or 0115 496 0123. On Tuesday I said so.")}
    assert found["Larkspur House"] == "person" and found["tom@boat.example"] == "e-mail"
    assert found["NG7 2RD"] == "postcode" and found["0115 496 0123"] == "phone"
    assert not {"We", "Then", "Tuesday", "I", "On Tuesday"} & set(found)


def test_what_is_somebodys_counts_as_their_name() -> None:
    assert [(one.find, one.times) for one in suggestions("The dog was Tom's, and Tom said so.")] == [("Tom", 2)]


def test_a_suggestion_stands_between_whole_words() -> None:
    found = suggestions("one two " * 20 + "with Marigold by the " + "sea shore " * 20)[0]
    assert found.before.startswith("…") and found.after.endswith("…")
    assert set(found.before[1:].split()) <= {"one", "two", "with"}
    assert set(found.after[:-1].split()) <= {"by", "the", "sea", "shore"}


def test_whole_words_in_any_case_and_the_longest_first() -> None:
    changed = replace(TEXT, [Replacement("Tom", "[man]"), Replacement("Tom O'Brien", "[friend]")])
    assert changed.text == (
        "We met at Larkspur House. Then [friend] came. [friend] laughed. Tomorrow [man]'s dog, at [man]@boat.example!"
    )
    assert dict(changed.times) == {Replacement("Tom", "[man]"): 2, Replacement("Tom O'Brien", "[friend]"): 2}


def test_a_name_that_came_back_is_found() -> None:
    wanted = [Replacement("Tom O'Brien", "[friend]"), Replacement("Ann", "[woman]")]
    assert come_back("A memo about TOM  O'BRIEN and his annual fair", wanted) == ["Tom O'Brien"]


@given(
    st.text("ab 🎂é\u0301ש\n", max_size=60),
    st.lists(st.tuples(st.sampled_from(["a", "ab", "b", "é", "ש"]), st.text("xy🎂", max_size=3)), max_size=4),
)
def test_every_passage_between_names_is_the_same_passage_after(text: str, pairs: list[tuple[str, str]]) -> None:
    changed = replace(text, [Replacement(find, instead) for find, instead in pairs])
    touched = {place for at, removed, _ in changed.edits for place in range(at, at + removed)}
    for place in range(len(text)):
        if place not in touched:
            start, end = changed.moved(place, place + 1)
            assert changed.text[start:end] == text[place]
