from django import forms

from quizzes.engine.confidence import LEVELS

BIGGEST = 2**31 - 1


class AnswerForm(forms.Form):
    """Which try of which slot an answer is for; the answer itself is read by the kind of question.

    Two buttons of the form ask for something else instead: `hint` for the hint with that number, counted from 1, and
    `flag` to mark the slot (1) or to take the mark away (0).
    """

    attempt = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    edition = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    slot = forms.IntegerField(min_value=0, max_value=BIGGEST)
    try_number = forms.IntegerField(min_value=1, max_value=BIGGEST)
    confidence = forms.TypedChoiceField(
        choices=[(level, level) for level in LEVELS], coerce=int, empty_value=None, required=False
    )
    hint = forms.IntegerField(min_value=1, max_value=BIGGEST, required=False)
    flag = forms.TypedChoiceField(choices=[(0, 0), (1, 1)], coerce=int, empty_value=None, required=False)
