import pytest
from django.core.management.base import CommandError

from courses.folder.faults import Refused
from courses.folder.loading import load
from courses.models import Citation, Course, Lesson, Term
from quizzes.engine.document import decode
from quizzes.models import Edition, Option, Question, Quiz
from sources.models import Claim, Collection, Source
from tests.courses.folder.conftest import command, totals


def test_a_folder_becomes_a_course(loaded):
    course = Course.objects.get(slug="rivers")
    assert (course.title, course.language, str(course.sources_end)) == ("Rivers", "en", "2026-06-30")
    assert course.collection.sourced
    assert [lesson.slug for lesson in course.lessons.order_by("position")] == ["springs", "floods"]
    assert [term.key for term in course.terms.order_by("position")] == ["spring", "flood"]


def test_sources_and_claims_are_as_written(loaded):
    claim = Claim.objects.get(key="spring-1")
    assert (claim.status, claim.as_of, str(claim.recheck_by)) == ("established", "since 1989", "2027-06-30")
    assert [source.key for source in claim.sources.all()] == ["s1", "s2"]
    assert list(Source.objects.order_by("key").values_list("date", flat=True)) == ["1989", ""]
    assert Term.objects.get(key="spring").script == [{"lang": "fa", "text": "چشمه"}]


def test_a_question_comes_with_options_feedback_and_claims(loaded):
    question = Question.objects.get(key="springs-where")
    first, second = question.options.all()
    assert (first.text, first.credit, first.feedback) == ("Groundwater", 1, "It does.")
    assert (second.text, second.credit) == ("Sea water", 0)
    assert [claim.key for claim in first.claims.all()] == ["spring-1"]
    assert [claim.key for claim in question.claims.all()] == ["spring-1"]


def test_the_checks_of_a_lesson_are_a_quiz_in_the_order_of_the_text(loaded):
    lesson = Lesson.objects.get(slug="springs")
    assert lesson.checks.slug == "springs-checks"
    assert lesson.checks.title == "Springs"
    assert lesson.checks.in_lesson
    assert [slot.question.key for slot in lesson.checks.slots.all()] == ["springs-where", "springs-rare"]


def test_a_quiz_belongs_to_its_lesson_and_weighs_its_questions(loaded):
    quiz = Lesson.objects.get(slug="springs").quiz
    assert quiz.slug == "springs"
    assert [(slot.question.key, slot.weight) for slot in quiz.slots.all()] == [("springs-all", 2), ("floods-much", 1)]
    final = Quiz.objects.get(slug="final")
    assert final.setting == "exam"
    assert list(final.slots.values_list("tag", "count", "weight"))[2:] == [("deep water", 1, 0.5)]
    assert Lesson.objects.get(slug="floods").quiz is None


def test_passages_cite_claims(loaded):
    citations = Citation.objects.filter(lesson__slug="springs").values_list("anchor", "claim__key")
    assert list(citations) == [("up", "spring-1"), ("rare", "spring-2")]


def test_every_quiz_is_published(loaded):
    assert set(Edition.objects.values_list("quiz__slug", "number")) == {
        ("springs-checks", 1),
        ("floods-checks", 1),
        ("springs", 1),
        ("final", 1),
    }


def test_it_says_what_it_did(rivers, db):
    out = command("load_course", rivers.path)
    assert out.splitlines()[0].split() == ["created", "updated", "left", "retired", "kept"]
    assert ["questions", "4", "0", "0", "0", "0"] in [line.split() for line in out.splitlines()]
    assert "Editions published: 4" in out


def test_told_to_be_quiet_it_says_nothing(rivers, db):
    assert command("load_course", rivers.path, "--verbosity=0") == ""


def test_a_second_load_changes_nothing(loaded):
    before = [
        list(model.objects.values()) for model in (Course, Source, Claim, Question, Option, Lesson, Quiz, Edition)
    ]
    assert totals(loaded) == {"left": 17, "editions": 0}
    assert before == [
        list(model.objects.values()) for model in (Course, Source, Claim, Question, Option, Lesson, Quiz, Edition)
    ]


def test_only_what_changed_is_updated_and_published(loaded):
    loaded.change("questions/02-floods.yaml", "What is a flood?", "What is called a flood?")
    assert totals(loaded) == {"updated": 1, "left": 16, "editions": 3}
    latest = Edition.objects.filter(quiz__slug="floods-checks").order_by("-number").first()
    assert latest.number == 2
    assert decode(latest.document).slots[0].question.text == "What is called a flood?"
    assert not Edition.objects.filter(quiz__slug="springs-checks", number=2).exists()


def test_a_quiz_that_draws_is_published_when_it_may_draw_another_question(loaded):
    loaded.change("quizzes.yaml", "[springs-all, floods-much]", "[springs-all]")
    loaded.change(
        "questions/02-floods.yaml", "  text: What is a flood?", "  tags: [deep water]\n  text: What is a flood?"
    )
    spare = (loaded.path / "questions/02-floods.yaml").read_text().replace("floods-much", "spare")
    loaded.write("questions/bank.yaml", spare)
    load(loaded.path)
    latest = Edition.objects.filter(quiz__slug="final").order_by("-number").first()
    assert [question.key for question in decode(latest.document).draws[0].pool] == ["spare", "springs-all"]
    loaded.remove("questions/bank.yaml")
    load(loaded.path)
    latest = Edition.objects.filter(quiz__slug="final").order_by("-number").first()
    assert [question.key for question in decode(latest.document).draws[0].pool] == ["springs-all"]


def test_a_change_that_no_learner_sees_in_a_quiz_makes_no_edition(loaded):
    loaded.change("claims.yaml", "Floods are disputed.", "Floods are much disputed.")
    assert totals(loaded) == {"updated": 1, "left": 16, "editions": 0}
    assert Claim.objects.get(key="water-1").text == "Floods are much disputed."


def test_a_changed_text_changes_citations_and_checks(loaded):
    loaded.change("lessons/01-springs.md", "[^spring-1] {#up}", "[^spring-2][^spring-1] {#up}")
    loaded.change("lessons/01-springs.md", ":::check springs-rare\n", "")
    load(loaded.path)
    lesson = Lesson.objects.get(slug="springs")
    assert [citation.claim.key for citation in lesson.citations.all()] == ["spring-2", "spring-1", "spring-2"]
    assert [slot.question.key for slot in lesson.checks.slots.all()] == ["springs-where"]
    assert lesson.checks.editions.count() == 2


def test_lessons_take_the_order_of_the_course(loaded):
    loaded.change("course.yaml", "[springs, floods]", "[floods, springs]")
    for folder in ("lessons", "questions"):
        ending = "md" if folder == "lessons" else "yaml"
        (loaded.path / folder / f"01-springs.{ending}").rename(loaded.path / folder / f"02-springs.{ending}")
        (loaded.path / folder / f"02-floods.{ending}").rename(loaded.path / folder / f"01-floods.{ending}")
    load(loaded.path)
    assert [lesson.slug for lesson in Lesson.objects.order_by("position")] == ["floods", "springs"]


def test_two_lessons_may_exchange_their_quizzes(loaded):
    loaded.change("quizzes.yaml", "  lesson: springs\n", "  lesson: floods\n")
    loaded.change("quizzes.yaml", "  setting: exam\n", "  setting: exam\n  lesson: springs\n")
    load(loaded.path)
    assert Lesson.objects.get(slug="springs").quiz.slug == "final"
    assert Lesson.objects.get(slug="floods").quiz.slug == "springs"


def test_what_is_gone_from_the_folder_is_retired_and_not_deleted(loaded):
    loaded.drop_lesson_two()
    assert totals(loaded)["retired"] == 4
    for model, name in ((Lesson, "slug"), (Question, "key"), (Claim, "key"), (Term, "key")):
        retired = model.objects.filter(retired=True).values_list(name, flat=True)
        assert [key.partition("-")[0] for key in retired] in (["floods"], ["water"], ["flood"])
    assert not Citation.objects.filter(lesson__slug="floods").exists()
    assert Quiz.objects.get(slug="floods-checks").retired


def test_what_was_retired_comes_back_as_it_was(loaded, tmp_path):
    lesson = Lesson.objects.get(slug="floods")
    checks = lesson.checks_id
    originals = {name: (loaded.path / name).read_text() for name in ("course.yaml", "quizzes.yaml", "claims.yaml")}
    originals |= {name: (loaded.path / name).read_text() for name in ("glossary.yaml", "lessons/02-floods.md")}
    originals["questions/02-floods.yaml"] = (loaded.path / "questions/02-floods.yaml").read_text()
    loaded.drop_lesson_two()
    load(loaded.path)
    for name, text in originals.items():
        loaded.write(name, text)
    load(loaded.path)
    lesson.refresh_from_db()
    assert not lesson.retired
    assert lesson.checks_id == checks
    assert not lesson.checks.retired
    assert lesson.citations.count() == 1
    assert not Question.objects.filter(retired=True).exists()
    assert totals(loaded) == {"left": 17, "editions": 0}


def test_a_retired_quiz_leaves_its_lesson_and_comes_back_to_it(loaded):
    text = (loaded.path / "quizzes.yaml").read_text()
    loaded.write("quizzes.yaml", text[text.index("- slug: final") :])
    load(loaded.path)
    assert Lesson.objects.get(slug="springs").quiz is None
    assert Quiz.objects.get(slug="springs").retired
    loaded.write("quizzes.yaml", text)
    load(loaded.path)
    assert Lesson.objects.get(slug="springs").quiz.slug == "springs"


def test_a_dry_run_says_what_would_be_done_and_does_nothing(rivers, db):
    out = command("load_course", rivers.path, "--dry-run")
    assert "Editions published: 4" in out
    assert "A dry run: nothing was changed." in out
    assert not Collection.objects.exists()


def test_a_fault_refuses_the_whole_folder_with_every_fault(rivers, db):
    rivers.change("claims.yaml", "status: established", "status: estblished")
    rivers.change("questions/02-floods.yaml", "kind: single", "kind: riddle")
    with pytest.raises(CommandError) as refused:
        command("load_course", rivers.path)
    assert "Nothing was loaded; 2 faults to mend:" in str(refused.value)
    assert 'claims.yaml:3: status is "estblished"' in str(refused.value)
    assert 'questions/02-floods.yaml:2: kind is "riddle"' in str(refused.value)
    assert not Collection.objects.exists()


def test_a_thousand_faults_do_not_fill_the_screen(rivers, db):
    rivers.write("sources.yaml", "- key: S\n" * 1000)
    with pytest.raises(CommandError) as refused:
        command("load_course", rivers.path)
    assert len(str(refused.value).splitlines()) == 202
    assert str(refused.value).endswith("... and 2805 more")


def test_nothing_is_half_loaded_when_the_last_step_fails(loaded):
    """A teacher's edit, kept because the folder did not change it, makes a quiz that can not be published."""
    Option.objects.filter(question__key="springs-rare").update(credit=0)
    loaded.change("questions/01-springs.yaml", "What comes up at a spring?", "What comes up?")
    with pytest.raises(Refused, match=r"quiz springs-checks: Not to be published\. springs-rare: Exactly one"):
        load(loaded.path)
    assert Question.objects.get(key="springs-where").text == "What comes up at a spring?"
    assert Edition.objects.count() == 4


def test_a_course_beside_it_is_not_touched(loaded, make):
    other = make.collection(slug="lakes")
    question = make.question(collection=other, key="springs-where", text="A lake?")
    load(loaded.path)
    question.refresh_from_db()
    assert (question.text, question.retired) == ("A lake?", False)


def test_two_courses_may_use_the_same_keys(loaded):
    loaded.path.rename(loaded.path.with_name("lakes"))
    load(loaded.path.with_name("lakes"))
    assert Question.objects.filter(key="springs-where").count() == 2
    assert Course.objects.get(slug="lakes").lessons.count() == 2


def test_a_collection_without_a_course_is_taken_over(rivers, db, make):
    collection = make.collection(slug="rivers", title="Somewhat")
    load(rivers.path)
    collection.refresh_from_db()
    assert collection.title == "Rivers"
    assert collection.course.title == "Rivers"


def test_the_collection_of_another_course_is_not_taken(rivers, db, make):
    Course.objects.create(collection=make.collection(slug="rivers"), slug="lakes", title="Lakes")
    with pytest.raises(Refused, match='belongs to another course, "lakes"'):
        load(rivers.path)


def test_lessons_with_checks_of_one_name_are_refused(rivers, db):
    """The name of the checks' quiz is cut where it would be too long."""
    slugs = [f"{'s' * 54}{end}" for end in "ab"]
    rivers.change("course.yaml", "[springs, floods]", f"[springs, floods, {', '.join(slugs)}]")
    question = (rivers.path / "questions/02-floods.yaml").read_text()
    for number, slug in enumerate(slugs, 3):
        rivers.write(f"lessons/0{number}-{slug}.md", f"---\ntitle: T\n---\n\nText.\n\n:::check q-{number}\n")
        rivers.write(f"questions/0{number}-{slug}.yaml", question.replace("floods-much", f"q-{number}"))
    with pytest.raises(Refused, match="too much like"):
        load(rivers.path)


def test_a_quiz_of_a_teacher_under_the_name_of_checks_is_not_taken(rivers, db, make):
    make.quiz(collection=make.collection(slug="rivers"), slug="springs-checks")
    with pytest.raises(Refused, match=r'lessons/01-springs\.md: Its checks make a quiz "springs-checks"'):
        load(rivers.path)


def test_loading_takes_as_many_queries_however_many_questions(rivers, db, django_assert_max_num_queries):
    load(rivers.path)
    with django_assert_max_num_queries(45):
        load(rivers.path)
