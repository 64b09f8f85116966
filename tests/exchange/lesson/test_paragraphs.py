"""Cues become paragraphs: sentences joined, voices and sounds apart, times now and then."""

from hypothesis import given
from hypothesis import strategies as st

from exchange.lesson.paragraphs import MAX_PARAGRAPH_CHARS, join_paragraphs
from media_pipeline.captions import cue_text


def read(*cues: tuple[float, float, str], language: str = "") -> list[tuple[str, str]]:
    """``(speaker, text)`` of the paragraphs of cues in seconds."""
    found = join_paragraphs([(round(1000 * a), round(1000 * b), text) for a, b, text in cues], language)
    return [(paragraph.speaker, paragraph.text) for paragraph in found]


def test_a_sentence_over_several_cues_is_one():
    cues = (
        (0, 2, "We were sitting\non the bench,"),
        (2, 4, "when he came"),
        (4.5, 6, "and sat down."),
        (6, 7, "Just so."),
    )
    assert read(*cues) == [("", "We were sitting on the bench, when he came and sat down. Just so.")]


def test_a_pause_after_a_sentence_begins_a_paragraph_and_one_within_does_not():
    assert read((0, 1, "One."), (3, 4, "Two.")) == [("", "One."), ("", "Two.")]
    assert read((0, 1, "One"), (3, 4, "and two.")) == [("", "One and two.")]
    assert read((0, 1, "One"), (6, 7, "and two.")) == [("", "One"), ("", "and two.")]


def test_sentences_end_as_their_language_ends_them():
    for text, language in (("Πού;", "el"), ("أين؟", "ar"), ("“Where?”", "en"), ("Wo …", "de")):
        assert len(read((0, 1, text), (3, 4, "Here."), language=language)) == 2
    assert len(read((0, 1, "here; there"), (3, 4, "and"), language="en")) == 1


def test_voices_stand_by_themselves_with_their_names():
    cues = (0, 1, "<v Anna>Hello,</v>"), (1, 2, "<v Anna>you.</v>"), (2, 3, "<v B &amp; C>Hi.</v>"), (3, 4, "Later.")
    assert read(*cues) == [("Anna", "Hello, you."), ("B & C", "Hi."), ("", "Later.")]
    assert read((0, 1, "<v.loud Anna>No!</v>\n<v Ben>Yes!</v>")) == [("Anna", "No!"), ("Ben", "Yes!")]


def test_lines_with_a_dash_are_other_speakers():
    assert read((0, 2, "- Why?\n- Because\nof that."), (2, 4, "I went.")) == [
        ("", "– Why?"),
        ("", "– Because of that."),
        ("", "I went."),
    ]


def test_what_is_heard_is_kept_as_a_paragraph_of_its_own():
    found = join_paragraphs(
        [(0, 1, "I said"), (1, 2, "[a door]"), (2, 3, "nothing."), (3, 4, "♪ la la ♪"), (4, 5, "(sighs) So.")]
    )
    assert [(each.text, each.sound) for each in found] == [
        ("I said", False), ("[a door]", True), ("nothing.", False), ("♪ la la ♪", True), ("(sighs) So.", False),
    ]  # fmt: skip


def test_a_line_that_rolls_is_said_once():
    assert read((0, 1, "One two"), (1, 2, "One two"), (2, 3, "three.")) == [("", "One two three.")]
    assert read((0, 1, "No"), (2, 3, "No"), (4, 5, "No.")) == [("", "No No No.")]
    assert read((0, 1, "- No!\n- No!")) == [("", "– No!"), ("", "– No!")]


def test_long_speech_is_broken_at_its_next_full_stop_and_endless_speech_all_the_same():
    said = [(i * 2, i * 2 + 2, f"This is sentence number {i}.") for i in range(60)]
    pieces = read(*said)
    assert max(len(text) for _, text in pieces) < 600
    assert " ".join(text for _, text in pieces) == " ".join(text for *_, text in said)
    endless = read(*((i, i + 1, "and then and then") for i in range(400)))
    assert max(len(text) for _, text in endless) < MAX_PARAGRAPH_CHARS + 50


def test_times_stand_now_and_then():
    found = join_paragraphs([(i * 6000, i * 6000 + 1000, "So.") for i in range(8)])
    assert [each.start_ms for each in found if each.marked] == [0, 24_000]
    assert [each.start_ms for each in found] == [i * 6000 for i in range(8)]


words = st.text(st.sampled_from("ab .!?-–[]()♪<>&/v\n"), min_size=1, max_size=20)


@given(st.lists(words, max_size=20))
def test_no_word_is_lost_and_none_is_markup(texts):
    """Whatever cues contain, their letters are in the text, in their order."""
    cues = [
        (i * 3000, i * 3000 + 1000, cleaned)
        for i, text in enumerate(texts)
        if (cleaned := cue_text.clean_cue_text(text))
    ]
    letters = [c for *_, text in cues for c in cue_text.plain_cue_text(text) if c.isalpha()]
    found = join_paragraphs(cues)
    assert [c for each in found for c in each.speaker + each.text if c.isalpha()] == letters
    assert all(each.text.strip() for each in found)
