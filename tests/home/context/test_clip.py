"""What the page of a clip shows."""

from home.context.clip import credit_lines
from home.i18n.fields import LocalizedText


def test_credits_are_read_line_by_line():
    text = LocalizedText("Regie: Anna & Ben\n\nDie Klasse 9b\nMusik:", "de", "en")
    lines = [(str(line.role), line.role.lang, line.name) for line in credit_lines(text)]
    assert lines == [("Regie", "de", "Anna & Ben"), ("", "de", "Die Klasse 9b"), ("", "de", "Musik:")]
    assert credit_lines(LocalizedText(None, None, "en")) == []
