"""Templates keep to the content security policy and to the words of the law."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "templates"
TEMPLATES = {str(path.relative_to(FOLDER)): path.read_text() for path in sorted(FOLDER.rglob("*.html"))}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_has_no_inline_style_or_script(name: str) -> None:
    inline = r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\bsrc=)|javascript:"
    assert re.findall(inline, TEMPLATES[name]) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_asks_no_other_machine(name: str) -> None:
    assert re.findall(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", TEMPLATES[name]) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_leaves_days_and_times_to_the_filters_that_know_the_time_zone(name: str) -> None:
    assert re.findall(r"strftime|\bUTC\b", TEMPLATES[name]) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_form_that_posts_carries_the_csrf_token(name: str) -> None:
    forms = re.findall(r"<form\b(.*?)</form>", TEMPLATES[name], re.DOTALL)
    posting = [form for form in forms if re.search(r"method\s*=\s*[\"']post", form)]
    assert [form for form in posting if not re.search(r"csrf|hidden_tag", form)] == []
