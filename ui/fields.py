"""Form fields that every room can use."""

from typing import Any

from django import forms


class Prose(forms.CharField):
    """A text of several lines. Browsers end them with two characters, everything else here with one; this keeps one.

    Its length is not limited by the browser, which would cut off what is pasted without a word.
    """

    widget = forms.Textarea(attrs={"rows": 5, "dir": "auto"})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), data)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}
