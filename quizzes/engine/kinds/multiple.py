from quizzes.engine.document import Question
from quizzes.engine.fields import SeveralOptions
from quizzes.engine.kinds.base import ALL_OR_NOTHING, Choice
from quizzes.engine.words import Message, gettext_noop

RIGHT_MINUS_WRONG = "right_minus_wrong"


class Multiple(Choice):
    """Any number of options are right, and at least one is wrong.

    Marking is `all_or_nothing` (1 for exactly the right options) or `right_minus_wrong`: the share of right
    options ticked minus the share of wrong options ticked, at least 0. Ticking everything earns nothing either way.
    """

    name = "multiple"
    label = gettext_noop("Multiple choice")
    field = SeveralOptions()
    markings = (ALL_OR_NOTHING, RIGHT_MINUS_WRONG)

    def problems(self, question: Question) -> list[Message]:
        found = super().problems(question)
        right = len(self.correct(question))
        if right == 0:
            found.append(Message(gettext_noop("At least one option must be right.")))
        if right == len(question.options):
            found.append(Message(gettext_noop("At least one option must be wrong, or ticking everything would win.")))
        return found

    def mark(self, question: Question, answer: list[int]) -> float:
        chosen, right = set(answer), set(self.correct(question))
        if self.rule(question) == ALL_OR_NOTHING:
            return float(chosen == right)
        hits, slips = len(chosen & right), len(chosen - right)
        return max(0.0, hits / len(right) - slips / (len(question.options) - len(right)))

    def guess(self, question: Question) -> float:
        """Over all non-empty sets of options, each equally likely."""
        count = len(question.options)
        answers = [[n for n in range(count) if bits >> n & 1] for bits in range(1, 1 << count)]
        return sum(self.mark(question, answer) for answer in answers) / len(answers)

    def marks_alike(self, was: Question, now: Question) -> bool:
        """One more right option takes from every answer that was right; one more wrong one from shares only."""
        by_rule = self.rule(was) == self.rule(now) and len(self.correct(was)) == len(self.correct(now))
        by_share = self.rule(now) == ALL_OR_NOTHING or len(was.options) == len(now.options)
        return by_rule and by_share and super().marks_alike(was, now)

    def tries(self, question: Question, allowed: int) -> int:
        return min(allowed, (1 << len(question.options)) - 2)
