from django import forms

BIGGEST = 2**31 - 1


class AnswerForm(forms.Form):
    """Which try of which slot an answer is for; the answer itself is read by the kind of question."""

    attempt = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    edition = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    slot = forms.IntegerField(min_value=0, max_value=BIGGEST)
    try_number = forms.IntegerField(min_value=1, max_value=BIGGEST)
