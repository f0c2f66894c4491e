"""Every page compiles, speaks through gettext, and keeps to the content security policy."""

import pytest
from flask import Flask, session

from tests.house.pages import TEMPLATES, breaches, forms_without_token, templates


def test_every_template_compiles(app: Flask) -> None:
    for name in templates():
        app.jinja_env.get_template(name)


def test_a_figure_written_in_a_template_is_in_the_language_of_each_reader(app: Flask) -> None:
    with app.test_request_context():
        session["language"] = "en"
        template = app.jinja_env.from_string("{{ 1000|number }}")  # compiled for this reader
    with app.test_request_context():
        session["language"] = "nl"
        assert template.render() == "1.000"


@pytest.mark.parametrize("name", templates())
def test_no_inline_code_no_other_host_no_text_outside_gettext_in(name: str) -> None:
    found = breaches((TEMPLATES / name).read_text("utf-8"))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", templates())
def test_every_form_that_posts_carries_its_token_in(name: str) -> None:
    assert forms_without_token((TEMPLATES / name).read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello {{ name }}</p>",
        "<p>{{ _('Hello') }} there</p>",
        '<input placeholder="Search">',
        '<form data-word-full="At most five">',
        '<img alt="A letter" src="{{ x }}">',
        "<p>{{ 'Yes' if good else _('No') }}</p>",
        '<p style="color: red">{{ x }}</p>',
        '<button onclick="go()">{{ x }}</button>',
        "<script>go()</script>",
        '<a href="https://example.org">{{ x }}</a>',
        '<form method="post"><button>{{ x }}</button></form>',
    ],
)
def test_a_planted_breach_is_found(source: str) -> None:
    assert breaches(source) + forms_without_token(source) != []


def test_a_good_page_passes() -> None:
    source = """{% from "a.html" import csrf %}{% block body_class %}desk-page{% endblock %}
    <form method="post" class="{{ 'wide' if wide }}" action="{{ url_for('home') }}">{{ csrf() }}
    <input type="hidden" name="action" value="finish" aria-label="{{ _('Finish') }}">
    {{ _("Good day, %(name)s", name=name) }} · {{ "open" if now else "closed" }}
    <script src="{{ url_for('static', filename='desk.js') }}" defer></script></form>"""
    assert breaches(source) + forms_without_token(source) == []
