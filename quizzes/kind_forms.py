"""How each kind of question is written: what its page asks for, and in which words. A new kind has one entry here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from quizzes.engine.document import DESCRIPTION
from quizzes.engine.fields import UNIT_REQUIRED
from quizzes.engine.kinds.base import ALL_OR_NOTHING
from quizzes.engine.kinds.matching import EACH
from quizzes.engine.kinds.multiple import RIGHT_MINUS_WRONG
from quizzes.engine.kinds.numeric import UNIT_OPTIONAL
from quizzes.engine.kinds.ordering import NEIGHBOURS, PLACES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Words:
    """How a field is called, and what to write there."""

    label: "_StrPromise"
    help: "_StrPromise | str" = ""


@dataclass(frozen=True)
class Rows:
    """The options of a question, as its kind uses them."""

    label: "_StrPromise"
    one: "_StrPromise"
    about: "_StrPromise"
    columns: Mapping[str, Words]
    """By field of Option, in their order on the page."""
    is_ticked: bool = False
    """Whether a row is right or wrong, with nothing between."""
    credit: float = 0
    """Of a row that is new."""
    fixed: tuple["_StrPromise", ...] = ()
    """Texts of the rows, where there are just these."""
    empty: int = 3
    """How many rows a new question begins with."""


@dataclass(frozen=True)
class KindForm:
    about: "_StrPromise"
    """What learners do."""
    example: "_StrPromise"
    text: Words
    rows: Rows | None
    markings: Mapping[str, "_StrPromise"] = field(default_factory=dict)
    """What each of the kind's rules means, where it has several."""
    confusables: bool = False
    units: bool = False
    hints: bool = True
    has_parts: bool = False
    """Whether an answer can be right in some of its parts, so that a hint can tell in how many."""


QUESTION = Words(_("Question"), _("Ask for one thing, in a sentence that makes sense without the options."))
FEEDBACK = Words(_("Feedback"), _("Why this is right or wrong. Name the mistake, then say what is so."))
FEEDBACK_TYPED = Words(_("Feedback"), _("What to tell whoever answers this."))
RIGHT = Words(_("This is right"))
SHARE = Words(_("Credit"), _("1 earns the whole mark, 0.5 half of it, 0 nothing: a wrong answer that you foresee."))
EACH_ROW = _("A share for each: every row that is right earns its part of the mark.")
ALL = _("All or nothing: only an answer without any mistake earns the mark.")

KIND_FORMS: Mapping[str, KindForm] = {
    "single": KindForm(
        about=_("Learners choose one of several options."),
        example=_("“What is the capital of Iran?” Tehran, Isfahan or Shiraz."),
        text=QUESTION,
        rows=Rows(
            label=_("Options"),
            one=_("Option"),
            about=_("Tick the one that is right. Three good options are enough; make wrong ones of real mistakes."),
            columns={"text": Words(_("Option")), "credit": RIGHT, "feedback": FEEDBACK},
            is_ticked=True,
        ),
    ),
    "multiple": KindForm(
        about=_("Learners tick all options that apply."),
        example=_("“Which of these border the Caspian Sea?” Iran, Russia and Iraq: two are right."),
        text=Words(_("Question"), _("Say that several may apply: “Which of these …?”")),
        rows=Rows(
            label=_("Options"),
            one=_("Option"),
            about=_("Tick all that are right. At least one has to be wrong."),
            columns={"text": Words(_("Option")), "credit": RIGHT, "feedback": FEEDBACK},
            is_ticked=True,
        ),
        markings={
            ALL_OR_NOTHING: _("All or nothing: exactly the right options earn the mark, anything else nothing."),
            RIGHT_MINUS_WRONG: _(
                "Right minus wrong: each right option ticked earns its share, each wrong one ticked takes one away."
            ),
        },
        has_parts=True,
    ),
    "true_false": KindForm(
        about=_("Learners say whether a statement is true."),
        example=_("“The Nile runs from north to south.” False."),
        text=Words(_("Statement"), _("One plain statement that is wholly true or wholly false.")),
        rows=Rows(
            label=_("Answers"),
            one=_("Answer"),
            about=_("Tick which one is right. Write the two words in the language of the course, true first."),
            columns={"text": Words(_("Answer")), "credit": RIGHT, "feedback": FEEDBACK},
            is_ticked=True,
            fixed=(_("True"), _("False")),
        ),
    ),
    "short_answer": KindForm(
        about=_("Learners type a few words."),
        example=_("“Which river runs through Baghdad?” Tigris. Slips of the pen are forgiven."),
        text=Words(_("Question"), _("Ask so that few answers are right: a name, a word, a place.")),
        rows=Rows(
            label=_("Accepted answers"),
            one=_("Answer"),
            about=_(
                "Every answer that counts. Capitals, accents and small slips are forgiven; * stands for any words. "
                "Add wrong answers you foresee with credit 0, so that you can say why."
            ),
            columns={
                "text": Words(_("Accepted answer"), _("Such as “Tigris” or “* Tigris”.")),
                "credit": SHARE,
                "feedback": FEEDBACK_TYPED,
            },
            credit=1,
            empty=2,
        ),
        confusables=True,
    ),
    "numeric": KindForm(
        about=_("Learners type a number, with a unit if you ask for one."),
        example=_("“When did the war end?” 1988. “How long is the Tigris?” 1850 ± 5 %, in km."),
        text=Words(_("Question"), _("Say how exact the answer has to be, and in which unit.")),
        rows=Rows(
            label=_("Accepted numbers"),
            one=_("Number"),
            about=_("Where several take the answer in, the one with the most credit counts."),
            columns={
                "text": Words(_("Accepted number"), _("Such as 1989, 1989 ± 1, 3.5 ± 5 % or 1988..1990.")),
                "credit": SHARE,
                "feedback": FEEDBACK_TYPED,
            },
            credit=1,
            empty=2,
        ),
        markings={
            UNIT_OPTIONAL: _("The unit may be left out: then the number is in the first unit."),
            UNIT_REQUIRED: _("The unit is required: a number without one is sent back."),
        },
        units=True,
    ),
    "matching": KindForm(
        about=_("Learners find for each item what belongs to it."),
        example=_("“Which city lies on which river?” Baghdad: Tigris. Ahvaz: Karun."),
        text=Words(_("Question"), _("Say what belongs together: “Which city lies on which river?”")),
        rows=Rows(
            label=_("Pairs"),
            one=_("Pair"),
            about=_("Each item with its match. Leave an item empty for a match that belongs to nothing."),
            columns={
                "text": Words(_("Item"), _("What stands on the left, such as “Baghdad”.")),
                "match": Words(_("Belongs to"), _("What learners choose for it, such as “Tigris”.")),
                "feedback": Words(_("Feedback"), _("For whoever gets this item wrong.")),
            },
        ),
        markings={EACH: EACH_ROW, ALL_OR_NOTHING: ALL},
        has_parts=True,
    ),
    "categorise": KindForm(
        about=_("Learners put each item into one of a few categories."),
        example=_("“Solid, liquid or gas at room temperature?” Iron: solid. Mercury: liquid."),
        text=Words(_("Question"), _("Name the categories in the question.")),
        rows=Rows(
            label=_("Items"),
            one=_("Item"),
            about=_("Write a category alike wherever it comes. Leave an item empty for a category that stays empty."),
            columns={
                "text": Words(_("Item"), _("Such as “Iron”.")),
                "match": Words(_("Category"), _("Such as “Solid”.")),
                "feedback": Words(_("Feedback"), _("For whoever gets this item wrong.")),
            },
        ),
        markings={EACH: EACH_ROW, ALL_OR_NOTHING: ALL},
        has_parts=True,
    ),
    "ordering": KindForm(
        about=_("Learners put rows in order."),
        example=_("“From the first to the last”: the wheel, the press, the telephone."),
        text=Words(_("Question"), _("Say in which order: from the first to the last, from small to large.")),
        rows=Rows(
            label=_("Rows"),
            one=_("Row"),
            about=_("Write them in the right order; learners get them mixed."),
            columns={
                "text": Words(_("Row")),
                "feedback": Words(_("Feedback"), _("For whoever puts this row in another place.")),
            },
        ),
        markings={
            NEIGHBOURS: _("Neighbours: each row that directly follows the right one earns a share."),
            PLACES: _("Places: each row that stands in its own place earns a share."),
            ALL_OR_NOTHING: ALL,
        },
        has_parts=True,
    ),
    "cloze": KindForm(
        about=_("Learners fill the blanks in a text, by typing or by choosing."),
        example=_("“Water boils at [[degrees: number]] degrees and turns into [[what]].”"),
        text=Words(
            _("Text with blanks"),
            _(
                "Write a blank as [[year]]. It takes typed words; [[year: number]] takes a number, [[group: choice]] "
                "offers its answers to choose from. A first paragraph without blanks stands above as what to do."
            ),
        ),
        rows=Rows(
            label=_("Answers for the blanks"),
            one=_("Answer"),
            about=_("For each blank an answer with credit 1; where it is chosen, the wrong choices with 0."),
            columns={
                "match": Words(_("Blank"), _("Its name, as between the brackets: year.")),
                "text": Words(_("Accepted answer"), _("Such as “1979”, or a choice.")),
                "credit": SHARE,
                "feedback": FEEDBACK_TYPED,
            },
            credit=1,
        ),
        markings={
            EACH: _("A share for each: every blank that is right earns its part of the mark."),
            ALL_OR_NOTHING: ALL,
        },
        confusables=True,
        has_parts=True,
    ),
    "essay": KindForm(
        about=_("Learners write a text, and you mark it by a rubric."),
        example=_("“Should rivers have rights? Argue in 200 words.”"),
        text=Words(_("Task"), _("Say what to do, how long, and what you look for.")),
        rows=Rows(
            label=_("Rubric"),
            one=_("Criterion"),
            about=_("What you mark by. The shares make 1 together; learners read the rubric with their mark."),
            columns={
                "text": Words(_("Criterion"), _("Such as “Uses evidence from the lesson”.")),
                "credit": Words(_("Share"), _("Of the mark: 0.5 is half of it.")),
                "feedback": Words(_("What a full mark asks for")),
            },
            empty=2,
        ),
    ),
    DESCRIPTION: KindForm(
        about=_("There is nothing to answer: text to read between the questions."),
        example=_("“The next three questions are about this paragraph: …”"),
        text=Words(_("Text"), _("What to read before the questions that follow.")),
        rows=None,
        hints=False,
    ),
}
