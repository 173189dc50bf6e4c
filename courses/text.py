"""The text of a lesson: Markdown in, blocks out.

CommonMark with tables, and six things of our own (docs/course-folder.md): anchors `{#name}` at the end of a heading
or paragraph, footnotes `[^claim]`, glossary links `[words](term:key)`, `:::check key` and `:::figure key` on a line of
their own, and the box `:::since` ... `:::`. Lines count from 1.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.container import container_plugin

from sources.models import KEY

WORDS_A_MINUTE = 200
MEANING = re.compile("\ue000([a-z0-9-]+)\ue001")  # where a term's meaning goes; two private-use characters

_named_line = re.compile(rf":::[ ]*(check|figure)[ ]+({KEY})[ ]*$")
_cite = re.compile(rf"\[\^({KEY})\]")
_anchor = re.compile(r"\s*\{#([^}]*)\}\s*$")
_key = re.compile(rf"{KEY}$")


@dataclass(frozen=True)
class Check:
    key: str
    line: int


@dataclass(frozen=True)
class FigureUse:
    key: str
    line: int


@dataclass(frozen=True)
class Citation:
    claim: str
    anchor: str
    line: int


@dataclass(frozen=True)
class TermUse:
    key: str
    line: int


@dataclass(frozen=True)
class Anchor:
    name: str
    line: int
    heading: str = ""


@dataclass(frozen=True)
class Block:
    """One thing after the other on the page: a passage of text, a check, a figure, or the box of later events."""

    kind: str
    html: str = ""
    anchor: str = ""
    claims: tuple[str, ...] = ()
    check: str = ""
    figure: str = ""
    blocks: "tuple[Block, ...]" = ()


@dataclass(frozen=True)
class LessonText:
    blocks: tuple[Block, ...]
    checks: tuple[Check, ...]
    figures: tuple[FigureUse, ...]
    citations: tuple[Citation, ...]
    terms: tuple[TermUse, ...]
    anchors: tuple[Anchor, ...]
    links: tuple[tuple[int, str], ...]
    faults: tuple[tuple[int, str], ...]
    numbers: Mapping[str, int]
    words: int

    @property
    def sections(self) -> list[Anchor]:
        return [anchor for anchor in self.anchors if anchor.heading]

    def section_of(self, anchor: str) -> str:
        """The heading above a passage, or empty."""
        heading = ""
        for one in self.anchors:
            heading = one.heading or heading
            if one.name == anchor:
                return heading
        return ""

    @property
    def minutes(self) -> int:
        """Reading time with half a minute for each check, rounded up."""
        return max(1, -(-(self.words + len(self.checks) * WORDS_A_MINUTE // 2) // WORDS_A_MINUTE))


@lru_cache(maxsize=512)
def parse(text: str) -> LessonText:
    """Never raises: what is wrong with the text stands in `faults` as (line, message)."""
    env: dict[str, Any] = {"faults": []}
    tokens = _markdown.parse(text, env)
    building = _Building(faults=env["faults"])
    blocks = tuple(building.blocks(tokens))
    return LessonText(
        blocks=blocks,
        checks=tuple(building.checks),
        figures=tuple(building.figures),
        citations=tuple(building.citations),
        terms=tuple(building.terms),
        anchors=tuple(building.anchors),
        links=tuple(building.links),
        faults=tuple(sorted(building.faults)),
        numbers=building.numbers,
        words=building.words,
    )


def without_marks(text: str) -> str:
    """The words of a lesson's text, on one line: no footnotes, anchors, directives or marks of emphasis."""
    words = re.sub(r"^:::.*$|\[\^[^\]]*\]|\{#[^}]*\}|\*+|^#+ |\]\([^)]*\)|\[", "", text, flags=re.MULTILINE)
    return " ".join(words.split())


def with_meanings(html: str, meanings: Mapping[str, SafeString]) -> SafeString:
    """The block's HTML with each term's meaning beside its link."""
    return mark_safe(MEANING.sub(lambda found: meanings.get(found[1], ""), html))  # noqa: S308


@dataclass
class _Building:
    """What is gathered while the tokens turn into blocks."""

    faults: list[tuple[int, str]]
    checks: list[Check] = field(default_factory=list)
    figures: list[FigureUse] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    terms: list[TermUse] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    words: int = 0

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        for group in _groups(tokens):
            first = group[0]
            if first.type == "check":
                self.checks.append(Check(first.meta["key"], _line(first)))
                yield Block("check", check=first.meta["key"])
            elif first.type == "figure":
                self.figures.append(FigureUse(first.meta["key"], _line(first)))
                yield Block("figure", figure=first.meta["key"])
            elif first.type == "container_since_open":
                yield Block("since", blocks=tuple(self.blocks(group[1:-1])))
            else:
                yield self.passage(group)

    def passage(self, group: Sequence[Token]) -> Block:
        own = [self.anchor(token, after) for token, after in itertools.pairwise(group) if token.attrGet("id")]
        last = self.anchors[-1].name if self.anchors else ""
        anchor = own[0] if own else last
        claims: dict[str, None] = {}
        header = _header(group)
        column = 0
        for token in group:
            column = {"tr_open": 0, "td_close": column + 1}.get(token.type, column)
            if token.type == "td_open" and column < len(header):
                token.attrSet("data-label", header[column])
            if token.type == "heading_open" and token.tag == "h1":
                self.faults.append((_line(token), "Headings start at ##; the lesson's title is its first heading."))
            if token.type == "inline":
                claims |= dict.fromkeys(self.inline(token, anchor))
        if claims and not own and group[0].type == "paragraph_open":
            self.faults.append((_line(group[0]), "This paragraph cites a claim and needs an {#anchor} at its end."))
        html = _markdown.renderer.render(group, _markdown.options, {})
        return Block("text", html=_clean(html), anchor=anchor if own else "", claims=tuple(claims))

    def anchor(self, token: Token, content: Token) -> str:
        name = str(token.attrGet("id"))
        if any(anchor.name == name for anchor in self.anchors):
            self.faults.append((_line(token), f"The anchor {{#{name}}} stands in this lesson twice."))
        heading = _plain(content) if token.type == "heading_open" else ""
        self.anchors.append(Anchor(name, _line(token), heading))
        return name

    def inline(self, token: Token, anchor: str) -> Iterator[str]:
        """The claims a run of text cites, while its footnotes get their numbers."""
        self.words += len(_plain(token).split())
        if token.content.startswith(":::"):
            self.faults.append((_line(token), f'"{token.content.split()[0]}" is no box or line this format knows.'))
        for child in token.children or []:
            if child.type == "cite":
                claim = child.meta["claim"]
                number = self.numbers.setdefault(claim, len(self.numbers) + 1)
                child.meta.update(number=number, note=f"{anchor}-{number}")
                self.citations.append(Citation(claim, anchor, _line(token)))
                yield claim
            elif child.type == "link_open":
                href = str(child.attrGet("href"))
                if href.startswith("term:"):
                    if any(use.key == href.removeprefix("term:") for use in self.terms):
                        self.faults.append((_line(token), f"{href} is linked in this lesson before; link a term once."))
                    self.terms.append(TermUse(href.removeprefix("term:"), _line(token)))
                else:
                    self.links.append((_line(token), href))


def _groups(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens of one top-level block after the other."""
    start = depth = 0
    for end, token in enumerate(tokens, 1):
        depth += token.nesting
        if depth == 0:
            yield tokens[start:end]
            start = end


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _plain(token: Token) -> str:
    return "".join(
        child.content if child.type in {"text", "code_inline"} else " "
        for child in token.children or []
        if child.type in {"text", "code_inline", "softbreak", "hardbreak"}
    )


def _header(group: Sequence[Token]) -> list[str]:
    """The column titles of a table; empty for anything else."""
    return [_plain(after) for token, after in itertools.pairwise(group) if token.type == "th_open"]


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags={
            "p",
            "h2",
            "h3",
            "h4",
            "ul",
            "ol",
            "li",
            "blockquote",
            "em",
            "strong",
            "code",
            "pre",
            "br",
            "hr",
            "a",
            "sup",
        }
        | {"span", "table", "thead", "tbody", "tr", "th", "td"},
        attributes={
            "*": {"id", "class"},
            "a": {"href", "role", "data-note", "aria-describedby"},
            "td": {"data-label"},
            "ol": {"start"},
        },
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _named_line_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = state.getLines(start, start + 1, state.blkIndent, False).strip()
    found = _named_line.match(line)
    if not found or state.is_code_block(start):
        return False
    if not silent:
        token = state.push(found[1], "", 0)
        token.meta = {"key": found[2]}
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def _cite_rule(state: StateInline, silent: bool) -> bool:
    found = _cite.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("cite", "", 0).meta = {"claim": found[1]}
    state.pos = found.end()
    return True


def _anchor_rule(state: StateCore) -> None:
    """Moves `{#name}` from the end of a block's text to the block."""
    for opening, token in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type != "inline" or not token.children or opening.nesting != 1:
            continue
        last = token.children[-1]
        found = _anchor.search(last.content) if last.type == "text" else None
        if not found:
            continue
        if _key.match(found[1]):
            opening.attrSet("id", found[1])
        else:
            state.env["faults"].append(
                (_line(token), f"{{#{found[1]}}} is no anchor: use lower-case letters, digits and hyphens.")
            )
        last.content = last.content[: found.start()]
        while token.children and not token.children[-1].content and token.children[-1].type in {"text", "softbreak"}:
            token.children.pop()


def _render_cite(
    self: RendererProtocol, tokens: Sequence[Token], i: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    meta = tokens[i].meta
    follows = " follows" if i and tokens[i - 1].type == "cite" else ""
    link = f'<a href="#{meta["note"]}" role="doc-noteref" data-note="">{meta["number"]}</a>'
    return f'<sup class="ref{follows}">{link}</sup>'


def _render_link_open(
    self: RendererProtocol, tokens: Sequence[Token], i: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    href = str(tokens[i].attrGet("href"))
    if not href.startswith("term:"):
        return f'<a href="{escape(href)}">'
    key = escape(href.removeprefix("term:"))
    closing = next(token for token in tokens[i:] if token.type == "link_close")
    closing.meta = {"term": key}
    link = f'<a class="term" href="#term-{key}" aria-describedby="term-{key}" data-note="">'
    return f'<span class="gloss">{link}'


def _render_link_close(
    self: RendererProtocol, tokens: Sequence[Token], i: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    key = tokens[i].meta.get("term")
    return f"</a>\ue000{key}\ue001</span>" if key else "</a>"


def _make_markdown() -> MarkdownIt:
    markdown = (
        MarkdownIt("commonmark", {"html": False, "typographer": True})
        .enable(["table", "smartquotes"])
        .disable(["image", "html_block", "html_inline"])
    )
    markdown.use(container_plugin, "since")
    ends = ["paragraph", "reference", "blockquote", "list"]
    markdown.block.ruler.before("fence", "named_line", _named_line_rule, {"alt": ends})
    markdown.inline.ruler.before("link", "cite", _cite_rule)
    markdown.core.ruler.push("anchor", _anchor_rule)
    markdown.add_render_rule("cite", _render_cite)
    markdown.add_render_rule("link_open", _render_link_open)
    markdown.add_render_rule("link_close", _render_link_close)
    return markdown


_markdown = _make_markdown()
