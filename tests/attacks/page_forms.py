"""Reading the forms of a page as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

Pairs = list[tuple[str, str]]
FORM = "application/x-www-form-urlencoded"


@dataclass
class Control:
    """One control of a form: its name, how it looks, the values it offers, those that are chosen."""

    name: str
    look: str
    offered: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)

    def answers(self) -> list[str]:
        """Return what is sent: what is chosen, else the first thing offered; no button is pressed."""
        if self.look == "button":
            return []
        if self.look == "checkbox":
            return self.chosen or self.offered[:1]
        return [one for one in self.chosen if one] or [one for one in self.offered if one][:1] or [""]


@dataclass
class PostForm:
    """A form of a page that changes something."""

    action: str
    controls: dict[str, Control] = field(default_factory=dict)

    def control(self, name: str, look: str) -> Control:
        """Return the control of this name."""
        return self.controls.setdefault(name, Control(name, look))

    def pairs(self) -> Pairs:
        """Return the form filled in."""
        return [(one.name, value) for one in self.controls.values() for value in one.answers()]


class FormReader(HTMLParser):
    """Collects the forms with method post."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PostForm] = []
        self.form: PostForm | None = None
        self.control: Control | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form, or a control of the form at hand."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = PostForm(said.get("action", "")) if said.get("method") == "post" else None
            if self.form:
                self.forms.append(self.form)
            if self.form and "data-guide" in said:  # a script sends the same answers there
                self.forms.append(PostForm(said["data-guide"], self.form.controls))
        elif self.form and tag == "option" and self.control:
            self._offer(self.control, said)
        elif self.form and said.get("name"):
            self._take(self.form, tag, said)
        for asked in ("data-look", "data-repeat"):  # a script asks there with what stands in the form
            if self.form and tag != "form" and asked in said:
                self.forms.append(PostForm(said[asked], self.form.controls))

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.control:
            self.control.chosen = [self.text.removeprefix("\n")]
        if tag in {"select", "textarea"}:
            self.control = None

    def handle_data(self, data: str) -> None:
        """Keep what stands in a text area."""
        self.text += data

    def _take(self, form: PostForm, tag: str, said: dict[str, str]) -> None:
        look = said.get("type", "text") if tag == "input" else tag
        control = form.control(said["name"], look)
        if tag in {"select", "textarea"}:
            self.control, self.text = control, ""
        elif look in {"radio", "checkbox", "button"}:
            self._offer(control, said)
        else:
            control.chosen.append(said.get("value", ""))

    def _offer(self, control: Control, said: dict[str, str]) -> None:
        control.offered.append(said.get("value", ""))
        if "checked" in said or "selected" in said:
            control.chosen.append(said.get("value", ""))


def forms_of(html: str) -> list[PostForm]:
    """Return the forms of a page that change something."""
    reader = FormReader()
    reader.feed(html)
    return reader.forms


def shown_values(html: str) -> dict[str, list[str]]:
    """Return what stands in the text fields of a page, by name."""
    return {
        control.name: control.chosen
        for form in forms_of(html)
        for control in form.controls.values()
        if control.look in {"text", "textarea"}
    }


def replaced(pairs: Pairs, name: str, *values: str) -> Pairs:
    """Return a filled form with other answers to one question."""
    return [pair for pair in pairs if pair[0] != name] + [(name, value) for value in values]


def encoded(pairs: Pairs) -> bytes:
    """Return a filled form as a browser sends it."""
    return urlencode(pairs, encoding="utf-8", errors="replace").encode()
