"""What everybody sees of a quiz before there is an answer, as one digest.

It tells nothing of any key, so that it can be handed out: the digest of an edition's document could be used to try keys
until one fits. Quizzes that differ in what is right, or in what is said afterwards, have the same.
"""

import hashlib

import msgspec

from quizzes.engine.document import Question, Quiz
from quizzes.engine.kinds import KINDS
from quizzes.engine.seeds import PLAIN


def digest(quiz: Quiz) -> str:
    """64 hexadecimal digits."""
    shown = [
        *(quiz.title, quiz.setting, quiz.tries, quiz.shuffled, quiz.confidence, quiz.time_limit, quiz.pass_mark),
        msgspec.structs.astuple(quiz.visibility),
        [(_shown(slot.question), float(slot.weight), slot.section) for slot in quiz.slots],
        [
            (draw.tag, draw.count, float(draw.weight), draw.section, draw.at, sorted(map(_shown, draw.pool)))
            for draw in quiz.draws
        ],
    ]
    return hashlib.sha256(msgspec.json.encode(shown)).hexdigest()


def _shown(question: Question) -> tuple[str, ...]:
    kind = KINDS[question.kind]
    paper = kind.field.paper(question, PLAIN)
    texts = [*paper.text, "", *paper.boxes, "", *paper.rows, "", *paper.choices]
    return (question.key, question.kind, kind.legend(question), *texts)
