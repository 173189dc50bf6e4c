"""Bad input: every fault with its file, its line and words an author understands."""

# ruff: noqa: E501 (a table reads by its rows)

import os

import pytest

from courses.folder.faults import Refused
from courses.folder.reading import read
from tests.courses.folder.conftest import FILES

CHANGED = [
    # file, what is replaced, by what, how the fault starts
    ("course.yaml", "title: Rivers\n", "", "course.yaml:1: title is missing."),
    ("course.yaml", "title: Rivers", "title: ''", "course.yaml:1: title is empty."),
    ("course.yaml", "language: en", "language: english!", 'course.yaml:2: language is "english!"; it must be a language tag such as en or fa-AF.'),
    ("course.yaml", "sourced: true", "sourced: yes", 'course.yaml:4: sourced is "yes"; it must be true or false.'),
    ("course.yaml", "2026-06-30", "30 June", 'course.yaml:5: sources_end is "30 June"; it must be a date such as 2026-06-30.'),
    ("course.yaml", "summary:", "sumary:", 'course.yaml:3: There is no field "sumary". Is it "summary"?'),
    ("course.yaml", "summary:", "colour:", 'course.yaml:3: There is no field "colour". The fields are title, language, summary, sourced, sources_end, about, wording, lessons, opinion, certificate.'),
    ("course.yaml", "[springs, floods]", "springs", "course.yaml:10: lessons must be a list such as [a, b], but is text."),
    ("course.yaml", "[springs, floods]", "[]", "course.yaml:10: The course has no lessons."),
    ("course.yaml", "[springs, floods]", "[springs, floods, deltas]", 'course.yaml:10: There is no file for the lesson "deltas".'),
    ("course.yaml", "[springs, floods]", "[springs, springs, floods]", 'course.yaml:10: "springs" stands here twice.'),
    ("course.yaml", "[springs, floods]", "[springs]", 'lessons/02-floods.md: course.yaml names no lesson "floods".'),
    ("course.yaml", "[springs, floods]", "[floods, springs]", "lessons/01-springs.md: springs is lesson 2 in course.yaml, so name this file 02-springs.md."),
    ("sources.yaml", "key: s1", "key: S 1", 'sources.yaml:1: key is "S 1"; it must be lower-case letters, digits and hyphens, starting with a letter, at most 60 characters.'),
    ("sources.yaml", "date: 1989", "date: 1989-13", 'sources.yaml:4: date is "1989-13"; it must be 2025, 2025-06, 2025-06-13 or undated.'),
    ("sources.yaml", "https://example.org/water", "javascript:alert(1)", 'sources.yaml:5: url is "javascript:alert(1)"; it must be an address that starts with https://.'),
    ("sources.yaml", "title: Floods", f"title: {'x' * 301}", "sources.yaml:8: title has 301 characters; at most 300 fit."),
    ("sources.yaml", "key: s2", "key: s1", 'sources.yaml:7: "s1" stands in sources.yaml:1 already.'),
    ("sources.yaml", "- key: s1\n  title", "- [a, b]\n- key: s1\n  title", "sources.yaml:1: This source must have fields such as `key: ...`, but is a list."),
    ("claims.yaml", "status: established", "status: estblished", 'claims.yaml:3: status is "estblished"; it must be established, attributed or disputed.'),
    ("claims.yaml", "text: Springs are where groundwater comes up.", "text: [a]", "claims.yaml:2: text must be text, but is a list."),
    ("claims.yaml", "  attributed_to: The Ministry\n", "", "claims.yaml:11: attributed_to is missing; an attributed claim names who says so."),
    ("claims.yaml", "[s1, s2]", "[s1, s3]", 'claims.yaml:7: There is no source "s3".'),
    ("claims.yaml", "[s1, s2]", "[s1, s1]", 'claims.yaml:7: "s1" stands here twice.'),
    ("claims.yaml", "  sources: [s1, s2]\n", "", "claims.yaml:1: It names no source, and the course is sourced."),
    ("claims.yaml", "status: disputed", "status: disputed\n  status: established", 'claims.yaml:18: "status" stands here twice; the first is in line 17.'),
    ("claims.yaml", "status: disputed", "status: &x disputed", "claims.yaml:17: &x is an anchor; write without. Text that starts with & needs quotes."),
    ("claims.yaml", "status: disputed", "status: *x", "claims.yaml:17: *x is an alias; write out what it stands for."),
    ("claims.yaml", "status: disputed", "status: !!python/name:os.system disputed", "claims.yaml:17: tag:yaml.org,2002:python/name:os.system is a tag; write without. Text that starts with ! needs quotes."),
    ("claims.yaml", "status: disputed", "? [a]\n  : b", "claims.yaml:17: The name of a field is a word, not a list or a mapping."),
    ("claims.yaml", "status: disputed", "status: a: b", "claims.yaml:17: This is not YAML: mapping values are not allowed"),
    ("claims.yaml", "status: disputed", "\tstatus: disputed", "claims.yaml:17: This is not YAML: "),
    ("claims.yaml", "status: disputed", 'status: "dis\\0puted"', "claims.yaml:17: Here is an invisible character, U+0000; remove it."),
    ("claims.yaml", "- key: water-1", "---\n- key: water-1", "claims.yaml:15: A second document starts here; remove the line `---`."),
    ("claims.yaml", "sources: [s1, s2]", "sources: " + "[" * 20, "claims.yaml:7: This is nested too deeply."),
    ("glossary.yaml", "lang: fa", "lang: 'no such'", 'glossary.yaml:4: lang is "no such"; it must be a language tag such as en or fa-AF.'),
    ("glossary.yaml", "  meaning: Water where it should not be.\n", "", "glossary.yaml:7: meaning is missing."),
    ("lessons/01-springs.md", "---\ntitle: Springs", "title: Springs", "lessons/01-springs.md:1: It must start with front matter: `---`, then title, lede and objectives, then `---`."),
    ("lessons/01-springs.md", "title: Springs", "titel: Springs", 'lessons/01-springs.md:2: There is no field "titel". Is it "title"?'),
    ("lessons/01-springs.md", "title: Springs", "title: a: b", "lessons/01-springs.md:2: This is not YAML: mapping values are not allowed"),
    ("lessons/01-springs.md", "## Below", "# Below", "lessons/01-springs.md:8: Headings start at ##; the lesson's title is its first heading."),
    ("lessons/01-springs.md", "[^spring-1]", "[^spring-9]", 'lessons/01-springs.md:10: There is no claim "spring-9". Is it "spring-2"?'),
    ("lessons/01-springs.md", "(term:spring)", "(term:sprng)", 'lessons/01-springs.md:10: The glossary has no term "sprng". Is it "spring"?'),
    ("lessons/01-springs.md", " {#rare}", "", "lessons/01-springs.md:14: This paragraph cites a claim and needs an {#anchor} at its end."),
    ("lessons/01-springs.md", "(#up)", "(#down)", 'lessons/01-springs.md:14: There is no anchor "down" in this lesson.'),
    ("lessons/01-springs.md", "{#rare}", "{#up}", "lessons/01-springs.md:14: The anchor {#up} stands in this lesson twice."),
    ("lessons/01-springs.md", "check springs-rare", "check springs-raer", 'lessons/01-springs.md:16: There is no question "springs-raer". Is it "springs-rare"?'),
    ("lessons/01-springs.md", "check springs-rare", "check springs-where", 'lessons/01-springs.md:16: The check "springs-where" stands in lessons/01-springs.md:12 already.'),
    ("lessons/01-springs.md", "check springs-rare", "check floods-much", 'lessons/01-springs.md:16: The question "floods-much" stands in questions/02-floods.yaml:1; a check is a question of its own lesson.'),
    ("questions/01-springs.yaml", "kind: single", "kind: riddle", 'questions/01-springs.yaml:2: kind is "riddle"; it must be single, multiple, '),
    ("questions/01-springs.yaml", "marking: right_minus_wrong", "marking: kind", 'questions/01-springs.yaml:26: marking is "kind"; it must be all_or_nothing, '),
    ("questions/01-springs.yaml", "  - text: Sea water", "  - text: Sea water\n    credit: 2", 'questions/01-springs.yaml:10: credit is "2"; it must be a number from 0 (wrong) to 1 (right).'),
    ("questions/01-springs.yaml", "  - text: Sea water", "  - text: Sea water\n    credit: 1", "questions/01-springs.yaml:1: springs-where: Exactly one option must be right."),
    ("questions/01-springs.yaml", "  - text: Sea water", "  - text: groundwater", "questions/01-springs.yaml:1: springs-where: Two options have the same text."),
    ("questions/01-springs.yaml", "  - text: Sea water\n    feedback", "  - feedback", "questions/01-springs.yaml:9: text is missing."),
    ("questions/01-springs.yaml", "feedback: It does.\n    claims: [spring-1]", "feedback: It does.", "questions/01-springs.yaml:1: springs-where: A feedback stands on no claim."),
    ("questions/01-springs.yaml", "  claims: [spring-2]\n", "", "questions/01-springs.yaml:15: springs-rare: Its key stands on no claim."),
    ("questions/01-springs.yaml", "feedback: It does.\n    claims: [spring-1]", "feedback: It does.\n    claims: [spring-7]", 'questions/01-springs.yaml:8: There is no claim "spring-7". Is it "spring-2"?'),
    ("questions/02-floods.yaml", "key: floods-much", "key: springs-all", 'questions/02-floods.yaml:1: "springs-all" stands in questions/01-springs.yaml:24 already.'),
    ("quizzes.yaml", "lesson: springs", "lesson: sprigs", 'quizzes.yaml:3: There is no lesson "sprigs". Is it "springs"?'),
    ("quizzes.yaml", "slug: final", "slug: springs", 'quizzes.yaml:7: "springs" stands in quizzes.yaml:1 already.'),
    ("quizzes.yaml", "setting: exam", "setting: exam\n  lesson: springs", "quizzes.yaml:10: The lesson springs has a quiz already, springs."),
    ("quizzes.yaml", "setting: exam", "setting: exam\n  tries: 2", "quizzes.yaml:10: tries are for practice only."),
    ("quizzes.yaml", "setting: exam", "tries: 4", 'quizzes.yaml:9: tries is "4"; it must be 1, 2 or 3.'),
    ("quizzes.yaml", "slug: final", "slug: floods-checks", "quizzes.yaml:7: This is the slug of the checks of the lesson floods."),
    ("quizzes.yaml", "[springs-where, floods-much]", "[springs-where, floods-mch]", 'quizzes.yaml:10: There is no question "floods-mch". Is it "floods-much"?'),
    ("quizzes.yaml", "[springs-all, floods-much]\n  weights: {springs-all: 2}", "[]", "quizzes.yaml:4: The quiz has no questions."),
    ("quizzes.yaml", "count: 1", "count: 2", 'quizzes.yaml:12: It draws 2 questions by "deep water", and only 1 are there.'),
    ("quizzes.yaml", "count: 1", "count: 0", 'quizzes.yaml:12: count is "0"; it must be a whole number from 1 to 500.'),
    ("questions/01-springs.yaml", "deep water", "Deep water", 'questions/01-springs.yaml:27: an entry of tags is "Deep water"; it must be lower-case words without a comma, at most 60 characters.'),
    ("quizzes.yaml", "{springs-all: 2}", "{springs-where: 2}", "quizzes.yaml:5: \"springs-where\" is not one of this quiz's questions."),
    ("quizzes.yaml", "{springs-all: 2}", "{springs-all: 0}", "quizzes.yaml:5: weights must be questions with what they count, such as {axis-q1: 2}, above 0 and up to 100, but is fields."),
]  # fmt: skip

WRITTEN = [
    ("claims.yaml", b"\xef\xbb\xbf[]", "claims.yaml:1: It starts with a byte order mark; save it as UTF-8 without one."),
    ("claims.yaml", b"- key: a\n  text: caf\xe9\n", "claims.yaml:2: This line is not UTF-8; save the file as UTF-8."),
    ("claims.yaml", b"- key: a\n  text: a\x07b\n", "claims.yaml:2: Here is an invisible character, U+0007; remove it."),
    ("claims.yaml", b" \n", "claims.yaml: It is empty."),
    ("claims.yaml", b"# nothing yet\n", "claims.yaml: It is empty."),
    ("claims.yaml", b"key: a\n", "claims.yaml:1: This file must be a list; each entry starts with `- `."),
    ("claims.yaml", b"- a: \"open\n", "claims.yaml:2: This is not YAML: found unexpected end of stream while scanning a quoted scalar, which starts in line 1."),
    ("claims.yaml", b"#" * 5_000_001, "claims.yaml: It is larger than 5 MB."),
    ("course.yaml", b"just a line\n", "course.yaml:1: This must have fields such as `title: ...`, but is text."),
    ("lessons/02-floods.md", b"", "lessons/02-floods.md: It is empty."),
    ("lessons/02-floods.md", b"---\ntitle: Floods\n---\n\n", "lessons/02-floods.md:5: The lesson has no text."),
    ("lessons/02-floods.md", b"---\ntitle: Floods\n", "lessons/02-floods.md:1: It must start with front matter"),
    ("lessons/002-floods.md", b"---\ntitle: Floods\n---\nText", "lessons/02-floods.md: There is another file for the lesson floods."),
    ("lessons/03-deltas.md", b"---\ntitle: Deltas\n---\nText", 'lessons/03-deltas.md: course.yaml names no lesson "deltas".'),
    ("lessons/notes.txt", b"x", "lessons/notes.txt: The name of a file in lessons is a number and the slug of a lesson, such as 01-axis.md."),
    ("questions/springs.yaml", b"[]", "questions/springs.yaml: The name of a file in questions is a number and the slug of a lesson, such as 01-axis.yaml."),
]  # fmt: skip


def faults(folder) -> list[str]:
    return [str(fault) for fault in sorted(read(folder.path).faults)]


def test_a_sound_folder_has_no_faults(rivers):
    assert faults(rivers) == []


@pytest.mark.parametrize(("file", "old", "new", "expected"), CHANGED, ids=[row[-1] for row in CHANGED])
def test_a_slip_is_named_with_file_line_and_reason(rivers, file, old, new, expected):
    rivers.change(file, old, new)
    assert any(fault.startswith(expected) for fault in faults(rivers)), faults(rivers)


@pytest.mark.parametrize(("file", "content", "expected"), WRITTEN, ids=[row[-1] for row in WRITTEN])
def test_a_bad_file_is_named_with_file_line_and_reason(rivers, file, content, expected):
    rivers.write(file, content)
    assert any(fault.startswith(expected) for fault in faults(rivers)), faults(rivers)


def test_all_faults_are_found_at_once(rivers):
    rivers.change("claims.yaml", "status: established", "status: estblished")
    rivers.change("claims.yaml", "as_of: since 1989", "as_off: since 1989")
    rivers.change("claims.yaml", "checked_on: 2026-06-30", "checked_on: soon")
    rivers.change("questions/02-floods.yaml", "kind: single", "kind: riddle")
    rivers.change("lessons/02-floods.md", "term:flood", "term:flod")
    assert [fault.partition(": ")[0] for fault in faults(rivers)] == [
        "claims.yaml:3",
        "claims.yaml:4",
        "claims.yaml:5",
        "lessons/02-floods.md:5",
        "questions/02-floods.yaml:2",
    ]


def test_a_broken_row_is_not_reported_missing_wherever_it_is_named(rivers):
    rivers.change("sources.yaml", "  title: Floods\n", "")
    assert faults(rivers) == ["sources.yaml:7: title is missing."]


def test_an_unreadable_file_is_not_reported_missing_row_by_row(rivers):
    rivers.write("claims.yaml", "- [")
    assert len(faults(rivers)) == 1


def test_lists_that_a_course_does_not_need_may_be_missing(rivers):
    rivers.change("course.yaml", "sourced: true\n", "")
    rivers.write("lessons/01-springs.md", "---\ntitle: Springs\n---\nText.\n")
    rivers.write("lessons/02-floods.md", "---\ntitle: Floods\n---\nText.\n")
    for name in ("sources.yaml", "claims.yaml", "glossary.yaml", "quizzes.yaml", "coverage.yaml"):
        rivers.remove(name)
    rivers.remove("questions/01-springs.yaml")
    rivers.remove("questions/02-floods.yaml")
    assert faults(rivers) == []


def test_a_missing_course_file_is_a_fault(rivers):
    rivers.remove("course.yaml")
    assert faults(rivers) == ["course.yaml: This file is missing."]


def test_a_missing_lesson_file_is_a_fault_in_the_line_that_names_it(rivers):
    rivers.remove("lessons/02-floods.md")
    assert 'course.yaml:10: There is no file for the lesson "floods".' in faults(rivers)


def test_scalars_are_text_whatever_they_look_like(rivers):
    rivers.change("questions/01-springs.yaml", '"True"', "True")
    rivers.change("questions/01-springs.yaml", '"False"', "No")
    rivers.change("sources.yaml", "title: Floods", "title: 1984")
    reading = read(rivers.path)
    assert reading.faults == []
    assert [option.text for option in reading.questions.rows()["springs-rare"].options] == ["True", "No"]
    assert reading.sources.rows()["s2"].title == "1984"
    assert reading.sources.rows()["s1"].date == "1989"


def test_lines_may_end_as_on_windows(rivers):
    for name, text in FILES.items():
        rivers.write(name, text.replace("\n", "\r\n"))
    reading = read(rivers.path)
    assert reading.faults == []
    assert "\r\n" in reading.lessons.rows()["springs"].text


def test_a_link_out_of_the_folder_is_not_followed(rivers, tmp_path):
    (tmp_path / "secret.yaml").write_text("- key: secret\n")
    rivers.remove("claims.yaml")
    (rivers.path / "claims.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "claims.yaml: This is a link that leads out of the folder." in faults(rivers)


def test_a_linked_sub_folder_is_not_followed_out(rivers, tmp_path):
    (rivers.path / "questions").rename(tmp_path / "elsewhere")
    (rivers.path / "questions").symlink_to(tmp_path / "elsewhere")
    assert faults(rivers) == ["questions: This is a link that leads out of the folder."]


def test_a_link_within_the_folder_is_followed(rivers):
    (rivers.path / "claims.yaml").rename(rivers.path / "claims.real")
    (rivers.path / "claims.yaml").symlink_to("claims.real")
    assert faults(rivers) == []


def test_a_link_to_itself_is_a_fault(rivers):
    rivers.remove("claims.yaml")
    (rivers.path / "claims.yaml").symlink_to("claims.yaml")
    assert any(fault.startswith("claims.yaml: ") for fault in faults(rivers))


def test_a_pipe_in_place_of_a_file_does_not_hang(rivers):
    rivers.remove("claims.yaml")
    os.mkfifo(rivers.path / "claims.yaml")
    assert "claims.yaml: This is not a file." in faults(rivers)


@pytest.mark.parametrize("name", ["Rivers", "my rivers", "1-rivers", "r" * 61])
def test_a_folder_whose_name_is_no_slug_is_refused(rivers, name):
    path = rivers.path.rename(rivers.path.with_name(name))
    with pytest.raises(Refused, match="The name of the folder is the slug of its course"):
        read(path)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="The folder can not be read: No such file or directory"):
        read(tmp_path / "nowhere")


def test_a_file_in_place_of_a_folder_is_refused(rivers):
    with pytest.raises(Refused, match="The folder can not be read: Not a directory"):
        read(rivers.path / "course.yaml")
