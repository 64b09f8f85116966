"""The blocks of a body; each has a template of the same name in ``components/blocks/``."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

INLINE_FEATURES = ["bold", "italic", "link", "ol", "ul", "document-link"]


class QuoteBlock(blocks.StructBlock):
    """What someone said."""

    text = blocks.TextBlock(label=_("quote"))
    by = blocks.CharBlock(label=_("person quoted"), required=False)

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "components/blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    """A picture with caption; the credit comes with the picture itself."""

    picture = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(
        label=_("alternative text"), required=False, help_text=_("Leave empty if the picture is only decoration.")
    )
    caption = blocks.CharBlock(label=pgettext_lazy("text below a picture", "caption"), required=False)

    class Meta:
        icon = "image"
        label = _("picture")
        template = "components/blocks/picture.html"


class InterviewBlock(blocks.StructBlock):
    """Questions and answers."""

    person = blocks.CharBlock(label=_("person interviewed"), required=False)
    turns = blocks.ListBlock(
        blocks.StructBlock(
            [("question", blocks.TextBlock(label=_("question"))), ("answer", blocks.TextBlock(label=_("answer")))]
        ),
        label=_("questions and answers"),
    )

    class Meta:
        icon = "comment"
        label = _("interview")
        template = "components/blocks/interview.html"


class ClaimBlock(blocks.StructBlock):
    """A statement of fact with its own source and date, since sources contradict each other."""

    # Translators: a "statement" is what somebody says or claims.
    text = blocks.TextBlock(label=_("statement"))
    source = blocks.CharBlock(label=_("source"))
    url = blocks.URLBlock(label=_("link"), required=False)
    date = blocks.DateBlock(label=_("date of the source"), required=False)

    class Meta:
        icon = "clipboard-list"
        label = _("statement with source")
        template = "components/blocks/claim.html"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of every body, in the order of the menu."""
    return [
        ("heading", blocks.CharBlock(label=_("heading"), icon="title", template="components/blocks/heading.html")),
        (
            "text",
            blocks.RichTextBlock(label=_("text"), features=INLINE_FEATURES, template="components/blocks/text.html"),
        ),
        ("quote", QuoteBlock()),
        ("picture", PictureBlock()),
        (
            "clip",
            blocks.PageChooserBlock(
                label=_("clip"), page_type="home.ClipPage", icon="media", template="components/blocks/clip.html"
            ),
        ),
        ("interview", InterviewBlock()),
        ("claim", ClaimBlock()),
        ("document", DocumentChooserBlock(label=_("document"), template="components/blocks/document.html")),
    ]
