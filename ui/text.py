"""Short texts that authors write: inline Markdown, made safe."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_inline = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes")
_inline.disable(["image", "autolink", "link"])


@lru_cache(maxsize=20_000)
def inline(text: str) -> SafeString:
    """`*emphasis*`, `**strong**` and `code` as HTML; everything else is text."""
    return mark_safe(nh3.clean(_inline.renderInline(text), tags={"em", "strong", "code", "br"}, attributes={}))  # noqa: S308
