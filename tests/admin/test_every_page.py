"""What holds for all pages of the admin: who gets in, how many queries a list costs, what the CSP lets through."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from courses.models import Citation, Course, Coverage, Figure, Lesson, Term
from progress.models import Certificate, Highlight, Note, Opinion, Reading
from quizzes.models import Allowance, Attempt, Correction, Dispute, Edition, HandMark, Question, Quiz, Regrade, Response
from sources.models import Claim, Collection, Source
from tests import make
from tests.admin.conftest import grown_by
from tests.kept import kept

WRITTEN = [Collection, Source, Claim, Question, Quiz, Allowance, Correction, Course, Lesson, Term]
FROM_THE_FOLDER = [Figure, Coverage]
HISTORY = [
    Edition,
    Attempt,
    Response,
    HandMark,
    Regrade,
    Dispute,
    Citation,
    Reading,
    Note,
    Highlight,
    Opinion,
    Certificate,
]


@kept
def school():
    """Ada, a collection and its course, with two rows of every model."""
    ada = make.ada()
    rivers = make.collection(slug="rivers", title="Rivers")
    return ada, rivers, grown_by(rivers, learner=ada, times=2)


@pytest.fixture
def ada(school):
    return school[0]


@pytest.fixture
def rivers(school):
    return school[1]


@pytest.fixture
def grown(school):
    return school[2]


def names(models):
    return [model.__name__ for model in models]


def test_every_model_of_these_rooms_is_registered_or_stands_on_another_ones_page():
    rooms = {"sources", "quizzes", "courses", "progress"}
    registered = {model for model in admin.site._registry if model._meta.app_label in rooms}
    assert registered == {*WRITTEN, *HISTORY, *FROM_THE_FOLDER}


@pytest.mark.parametrize("model", WRITTEN, ids=names(WRITTEN))
def test_authors_open_list_row_and_empty_form(model, grown, address, tom_client):
    row = model.objects.first()
    for url in (address(model, "changelist"), address(row), address(model, "add")):
        assert tom_client.get(url).status_code == 200, url


@pytest.mark.parametrize("model", HISTORY, ids=names(HISTORY))
def test_history_can_be_read_and_nothing_else(model, grown, address, admin_client):
    row = model.objects.first()
    shown = admin_client.get(address(row))
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.text
    assert admin_client.post(address(row), {}).status_code == 403
    assert admin_client.get(address(model, "add")).status_code == 403
    assert admin_client.post(address(row, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", HISTORY[:7], ids=names(HISTORY[:7]))
def test_tom_reads_history(model, grown, address, tom_client):
    assert tom_client.get(address(model, "changelist")).status_code == 200
    assert tom_client.get(address(model.objects.first())).status_code == 200


@pytest.mark.parametrize("model", [Attempt, Response], ids=["Attempt", "Response"])
def test_a_learner_s_name_leads_to_the_account_for_whoever_may_see_it(
    model, grown, ada, address, tom_client, admin_client
):
    url = address(model.objects.first())
    assert address(ada) in admin_client.get(url).text
    assert address(ada) not in tom_client.get(url).text
    assert "Ada" in tom_client.get(url).text


def test_a_list_of_twice_the_rows_costs_the_same_queries(grow, grown, address, rivers, ada, admin_client):
    def costs(model):
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(address(model, "changelist"))
        return model.objects.count(), len(queries)

    admin_client.get(address(Course, "changelist"))  # for what is looked up once by a process
    before = {model: costs(model) for model in [*WRITTEN, *HISTORY]}
    grow(rivers, learner=ada, course=grown, times=2)
    grow(make.collection(), learner=ada, times=2)
    for model, (rows, queries) in before.items():
        after = costs(model)
        assert after[0] >= 2 * rows, model
        assert after[1] == queries, model


@pytest.mark.parametrize("model", [*WRITTEN, *HISTORY], ids=names([*WRITTEN, *HISTORY]))
def test_admins_open_every_page_and_none_needs_what_the_policy_blocks(
    model, grown, address, admin_client, blocked_by_policy
):
    row = model.objects.first()
    pages = [address(model, "changelist"), address(row)]
    if model in WRITTEN:
        pages += [address(model, "add"), address(row, "delete")]
    for url in pages:
        response = admin_client.get(url)
        assert response.status_code == 200, url
        assert blocked_by_policy(response.text) == [], url


def test_every_page_names_the_site_s_icon(grown, address, tom_client):
    question = Question.objects.first()
    pages = [reverse("admin:index"), reverse("marking:queue"), reverse("admin:courses_needs_review")]
    pages += [address(question), address(Question, "changelist"), address(question, "delete")]
    for url in pages:
        assert tom_client.get(url).text.count('<link rel="icon" href="/static/ui/icon.svg"') == 1, url


TAUGHT = [Collection, Source, Claim, Question, Quiz, Course, Lesson, Term]


@pytest.mark.parametrize("model", TAUGHT, ids=names(TAUGHT))
def test_lists_say_what_their_rows_are_and_forms_how_to_write_them(model, grown, address, tom, tom_client, rf):
    html = tom_client.get(address(model, "changelist")).text
    assert escape(str(admin.site.get_model_admin(model).list_help)) in html
    asked = rf.get(address(model, "add"), {"kind": "single"})
    asked.user = tom
    form = admin.site.get_model_admin(model).get_form(asked)()
    plain = {"retired", "position", "collection", "course", "sourced", "key", "kind", "sees"}
    assert [name for name, field in form.fields.items() if not field.help_text and name not in plain] == []


@pytest.mark.parametrize("model", [*WRITTEN, *HISTORY], ids=names([*WRITTEN, *HISTORY]))
def test_every_list_can_be_searched(model, grown, address, admin_client):
    assert admin_client.get(address(model, "changelist"), {"q": "rivers"}).status_code == 200


@pytest.mark.parametrize("model", FROM_THE_FOLDER, ids=names(FROM_THE_FOLDER))
def test_what_comes_from_the_folder_is_shown_and_not_changed(model, rivers, address, admin_client, tom_client):
    course = Course.objects.filter(collection=rivers).first() or Course.objects.create(collection=rivers, slug="rivers")
    about = {"key": "map", "kind": "map", "data": "{}", "layout": "{}"} if model is Figure else {"source": "s1"}
    row = model.objects.create(course=course, title="The rivers", **about)
    for client in (admin_client, tom_client):
        assert "The rivers" in client.get(address(model, "changelist")).text
        assert client.get(address(row)).status_code == 200
        assert client.post(address(row), {}).status_code == 403
