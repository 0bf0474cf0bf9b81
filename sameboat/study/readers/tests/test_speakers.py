"""Every form in which transcripts say who speaks."""

import pytest

from sameboat.study.readers import preview, read, words_in
from sameboat.study.readers.tests.files import COLONS, TALK, said


def txt(text: str):
    return read("talk.txt", text.encode())


def test_a_name_and_a_colon_at_the_start_of_a_paragraph():
    found = txt(COLONS)
    assert said(found) == list(TALK)
    assert found.speakers == ("Ana", "Ben")
    assert found.text == "\n".join(words for _, words in TALK)


@pytest.mark.parametrize("name", ["talk.md", "talk.txt"])
def test_a_name_in_asterisks(name):
    text = "".join(f"**{who}:** {words}\n\n" for who, words in TALK)
    assert said(read(name, text.encode())) == list(TALK)
    outside = "".join(f"**{who}**: {words}\n\n" for who, words in TALK)
    assert said(read(name, outside.encode())) == list(TALK)


def test_a_code_in_square_brackets():
    text = "".join(f"[{'id1' if who == 'Ana' else 'id2'}] {words} [laughs]\n" for who, words in TALK)
    found = txt(text + "[laughs]\n")
    assert found.speakers == ("id1", "id2")
    assert said(found)[-1] == ("id2", "Then we cooked together every week. [laughs]\n[laughs]")


def test_a_letter_explained_in_a_list_of_speakers():
    body = "K: How did you come here?\nM: By bus.\nK: Every week?\nM: Most weeks.\n"
    for legend in (
        "K = Karen (interviewer), M = Mo\n",
        "Key:\nK: Karen (interviewer)\nM: Mo\n\n",
        "Speakers\nK – Karen, interviewer\nM – Mo\n",
        "Interview 3\nK = Karen, interviewer\nM = Mo\n",
    ):
        found = txt(legend + body)
        assert found.speakers == ("Karen", "Mo"), legend
        assert found.interviewers == ("Karen",)
        assert [words for who, words in said(found) if who == "Mo"] == ["By bus.", "Most weeks."]
    assert txt(body + "K = Karen, M = Mo\n").speakers == ("Karen", "Mo")


def test_a_letter_that_nobody_explains_is_the_name():
    found = txt("I: How was it?\nP: Warm.\nI: And the food?\nP: Soup, mostly.\n")
    assert found.speakers == ("I", "P")
    assert found.interviewers == ("I",)


def test_a_name_and_a_time_on_a_line_of_their_own():
    found = txt("Ana Silva  0:03\nHow did you come?\n\nBen Okoro  1:02:10\nBy bus.\nAnd on foot.\n")
    assert said(found) == [("Ana Silva", "How did you come?"), ("Ben Okoro", "By bus.\nAnd on foot.")]
    assert [turn.seconds for turn in found.turns] == [3, 3730]


def test_a_name_with_a_time_in_brackets_before_a_colon():
    found = txt("Speaker 1 (00:03): How was it?\nSpeaker 2 [00:07.5]: Warm.\n")
    assert said(found) == [("Speaker 1", "How was it?"), ("Speaker 2", "Warm.")]
    assert [turn.seconds for turn in found.turns] == [3, 7.5]


def test_a_time_before_the_name():
    found = txt(
        "[00:00:03] Ana: How was it?\n00:07 Ben: Warm.\n(1:02:03,250) Ana: Good.\n00:08:00 - 00:08:04 Ben: Yes.\n"
    )
    assert said(found) == [("Ana", "How was it?"), ("Ben", "Warm."), ("Ana", "Good."), ("Ben", "Yes.")]
    assert [turn.seconds for turn in found.turns] == [3, 7, 3723.25, 480]


def test_a_time_on_a_line_of_its_own_before_the_name():
    found = txt("00:00:03\nAna: How was it?\n00:00:07\nBen: Warm.\nAna: Good.\nBen: Yes.\n")
    assert said(found)[:2] == [("Ana", "How was it?"), ("Ben", "Warm.")]
    assert [turn.seconds for turn in found.turns] == [3, 7, None, None]


def test_a_voice_of_webvtt():
    cues = "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ana>How was it?</v>\n\n"
    cues += "00:03.000 --> 00:04.000\n<v.loud Ben Okoro>Warm &amp; good.\n"
    found = read("talk.vtt", cues.encode())
    assert said(found) == [("Ana", "How was it?"), ("Ben Okoro", "Warm & good.")]
    assert [turn.seconds for turn in found.turns] == [1, 3]


def test_a_name_before_a_tab():
    text = "".join(f"{who}\t{words}\n" for who, words in (*TALK, *TALK))
    assert said(txt(text)) == [*TALK, *TALK]


def test_a_name_on_a_line_and_the_words_below():
    text = "".join(f"{who}:\n{words}\n\n" for who, words in TALK)
    assert said(txt(text)) == list(TALK)


def test_a_paragraph_without_a_name_belongs_to_the_last_speaker():
    found = txt(COLONS.replace("And then?\n", "And then?\n\nI mean, later.\n\nIn the winter.\n"))
    assert said(found)[2] == ("Ana", "And then?\nI mean, later.\nIn the winter.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark_change_nothing(end, mark):
    found = txt(mark + COLONS.replace("\n", end))
    assert said(found) == list(TALK)


def test_names_of_every_script():
    found = txt("רות: איך היה?\nדוד: חם.\nרות: ואז?\nדוד: אכלנו מרק.\n")
    assert said(found)[1] == ("דוד", "חם.")
    found = txt("李娜：怎么样？\n王芳：很好。\n李娜：然后呢？\n王芳：喝茶。\n")
    assert found.speakers == ("李娜", "王芳")
    assert txt("Zoë d’Arcy: Hi.\nÓscar: Hi.\nZoë d’Arcy: Soup?\nÓscar: Yes.\n").speakers == ("Zoë d’Arcy", "Óscar")


def test_words_with_a_colon_are_not_speakers():
    text = COLONS + "Ben: I said one thing: bread.\nOne thing: I came back.\nThere is a saying: slow soup is good.\n"
    found = txt(text + "At 10:30 we ate.\nhttp://example.org is where I read it.\nNote: the tape was turned here.\n")
    assert found.speakers == ("Ana", "Ben")
    assert "One thing: I came back." in found.text
    assert "Note: the tape was turned here." in found.text
    assert any("“Note”" in note for note in found.notes)


def test_headings_above_a_transcript_are_nobodys():
    found = txt("Interview A1\nDate: 3 May\nPlace: church hall\nInterviewer: Karen\nDuration: 40 minutes\n\n" + COLONS)
    assert found.speakers == ("Ana", "Ben")
    assert said(found)[0] == (
        None,
        "Interview A1\nDate: 3 May\nPlace: church hall\nInterviewer: Karen\nDuration: 40 minutes",
    )


def test_a_break_is_said_by_nobody_and_the_speaker_goes_on():
    found = txt(COLONS.replace("And then?\n", "And then?\nBreak: ten minutes\nWhere were we?\n"))
    assert said(found)[2:5] == [("Ana", "And then?"), (None, "Break: ten minutes"), ("Ana", "Where were we?")]


def test_somebody_who_speaks_once_is_a_speaker_where_all_others_are_marked():
    found = txt(COLONS + "Child: Is there cake?\nAna: There is.\n")
    assert found.speakers == ("Ana", "Ben", "Child")


def test_without_any_speaker_each_paragraph_stands_by_itself_and_it_is_said():
    found = txt("We sat by the window.\n\nThe soup was warm.\n")
    assert said(found) == [(None, "We sat by the window."), (None, "The soup was warm.")]
    assert found.speakers == ()
    assert any("No speakers" in note for note in found.notes)


def test_a_preview_says_who_how_often_and_how_much():
    found = txt("From a summer evening.\n" + COLONS)
    seen = preview(found, words_in(found))
    assert [(one.name, one.turns, one.words) for one in seen.speakers] == [("Ana", 2, 9), ("Ben", 2, 14)]
    assert (seen.turns, seen.words, seen.nobodys_words) == (5, 27, 4)
    assert seen.lines[1] == ("Ana", None, "How did you come to the group?")
