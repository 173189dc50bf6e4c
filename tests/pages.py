"""Reading forms and pages as a browser would."""

import re
from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self.inside: dict | None = None
        self.label: list[str] | None = None
        self.select: dict[str, str] = {}
        self.choice: str | None = None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.inside = {
                "action": found.get("action", ""),
                "hidden": {},
                "options": {},
                "checked": [],
                "disabled": [],
                "selects": {},
                "typed": {},
                "selected": {},
            }
            self.forms.append(self.inside)
        elif self.inside is None:
            return
        elif tag == "input":
            self.input(found, self.inside)
        elif tag == "textarea":
            self.inside["typed"][found["name"]] = ""
        elif tag == "select":
            self.name = found["name"]
            self.select = self.inside["selects"][self.name] = {}
        elif tag == "option":
            self.choice = found["value"]
            if "selected" in found:
                self.inside["selected"][self.name] = self.choice

    def input(self, found, form):
        kind = found.get("type", "text")
        if kind == "hidden":
            form["hidden"][found["name"]] = found.get("value", "")
        elif kind in {"radio", "checkbox"} and found["name"] == "answer":
            self.token = found["value"]
            self.label = []
            if "checked" in found:
                form["checked"].append(self.token)
            if "disabled" in found:
                form["disabled"].append(self.token)
        elif kind in {"text", "number"}:
            form["typed"][found["name"]] = found.get("value", "")

    def handle_data(self, data):
        if self.choice is not None and data.strip():
            self.select[data.strip()] = self.choice
            self.choice = None
        if self.label is not None and data.strip():
            self.inside["options"].setdefault(data.strip(), self.token)
            self.label = None

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None


def forms(response) -> list[dict]:
    """Every form: action, hidden fields, options (text to token), the checked and the disabled tokens; selects by name
    with what they offer (text to value), and typed fields by name with what stands in them."""
    parser = _Forms()
    parser.feed(response.text)
    return parser.forms


def question_forms(response) -> list[dict]:
    return [form for form in forms(response) if "try_number" in form["hidden"]]


def filled(form: dict, *choices: str) -> dict:
    """What a browser would send with these options chosen, by their text."""
    return {**form["hidden"], "answer": [form["options"][choice] for choice in choices]}


def filled_somehow(form: dict, text: str = "Vienna") -> dict:
    """What a browser would send when somebody fills in everything by the alphabet: the first option, the first choice
    of each select, `text` where something is typed, and numbers as they stand."""
    sent = dict(form["hidden"])
    if form["options"]:
        sent["answer"] = form["options"][min(form["options"])]
    for name, choices in form["selects"].items():
        sent[name] = choices[min(choice for choice in choices if choices[choice])]
    return sent | {name: value or text for name, value in form["typed"].items()}


def as_it_stands(form: dict) -> dict:
    """What a browser would send when nothing is touched."""
    return {**form["hidden"], "answer": form["checked"], **form["typed"], **form["selected"]}


def without_tokens(text: str) -> str:
    """A page without what differs from one request to the next by design."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def normal(text: str) -> str:
    """HTML in a form in which a fragment and the page it belongs to can be compared: only the focus may differ."""
    return re.sub(r"\s+", " ", without_tokens(text).replace("autofocus", "")).replace(" >", ">").strip()
