"""Reading forms and pages as a browser would."""

import re
from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self.inside: dict | None = None
        self.label: list[str] | None = None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.inside = {
                "action": found.get("action", ""),
                "hidden": {},
                "options": {},
                "checked": [],
                "disabled": [],
            }
            self.forms.append(self.inside)
        elif tag == "input" and self.inside is not None:
            if found.get("type") == "hidden":
                self.inside["hidden"][found["name"]] = found.get("value", "")
            elif found.get("type") in {"radio", "checkbox"}:
                self.token = found["value"]
                self.label = []
                if "checked" in found:
                    self.inside["checked"].append(self.token)
                if "disabled" in found:
                    self.inside["disabled"].append(self.token)

    def handle_data(self, data):
        if self.label is not None and data.strip():
            self.inside["options"].setdefault(data.strip(), self.token)
            self.label = None

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None


def forms(response) -> list[dict]:
    """Every form: action, hidden fields, options (text to token), the checked and the disabled tokens."""
    parser = _Forms()
    parser.feed(response.text)
    return parser.forms


def question_forms(response) -> list[dict]:
    return [form for form in forms(response) if "try_number" in form["hidden"]]


def filled(form: dict, *choices: str) -> dict:
    """What a browser would send with these options chosen, by their text."""
    return {**form["hidden"], "answer": [form["options"][choice] for choice in choices]}


def without_tokens(text: str) -> str:
    """A page without what differs from one request to the next by design."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def normal(text: str) -> str:
    """HTML in a form in which a fragment and the page it belongs to can be compared: only the focus may differ."""
    return re.sub(r"\s+", " ", without_tokens(text).replace("autofocus", "")).replace(" >", ">").strip()
