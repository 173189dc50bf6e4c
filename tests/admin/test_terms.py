import pytest

from courses.models import Term


@pytest.fixture
def form(make, rivers):
    return {
        "course": make.course(collection=rivers).pk,
        "key": "delta",
        "position": "",
        "term": "Delta",
        "script": "fa: دلتا\r\nzh-Hant: 三角洲",
        "aliases": " River mouth \r\n\r\nمصب",
        "meaning": "An end.",
    }


def test_a_word_in_its_own_script_is_written_as_lines_and_shown_with_its_language(form, tom_client, address):
    assert tom_client.post(address(Term, "add"), form).status_code == 302
    term = Term.objects.get()
    assert term.script == [{"lang": "fa", "text": "دلتا"}, {"lang": "zh-Hant", "text": "三角洲"}]
    assert '<span lang="fa" dir="rtl">دلتا</span>' in tom_client.get(address(Term, "changelist")).text
    assert "fa: دلتا\nzh-Hant: 三角洲</textarea>" in tom_client.get(address(term)).text


def test_other_names_are_written_as_lines(form, tom_client, address):
    tom_client.post(address(Term, "add"), form)
    term = Term.objects.get()
    assert term.aliases == ["River mouth", "مصب"]
    assert "River mouth\nمصب</textarea>" in tom_client.get(address(term)).text


def test_another_name_that_no_folder_could_hold_is_refused(form, tom_client, address):
    response = tom_client.post(address(Term, "add"), {**form, "aliases": "x" * 101})
    assert "is too long: a name has at most 100 characters" in response.text
    assert not Term.objects.exists()


@pytest.mark.parametrize("script", ["دلتا", "fa:", ": دلتا", "fa<b>: x"])
def test_a_line_that_names_no_language_is_refused_with_an_example(script, form, tom_client, address):
    response = tom_client.post(address(Term, "add"), {**form, "script": script})
    assert "Write the language" in response.text
    assert not Term.objects.exists()


def test_a_term_without_a_position_comes_last(form, tom_client, address):
    tom_client.post(address(Term, "add"), {**form, "key": "spring", "position": 3})
    tom_client.post(address(Term, "add"), form)
    assert Term.objects.get(key="delta").position == 4


def test_a_term_that_a_lesson_links_is_not_deleted(make, form, tom_client, address):
    tom_client.post(address(Term, "add"), form)
    term = Term.objects.get()
    make.lesson(course=term.course, title="Springs", text="A [delta](term:delta). {#end}")
    response = tom_client.post(address(term, "delete"), {"post": "yes"})
    assert "Lesson Springs" in response.text
    assert Term.objects.exists()
