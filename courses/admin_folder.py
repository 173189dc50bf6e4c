"""Admin pages that export a course as its folder, and load one after a dry run."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.folder.archives import pack
from courses.folder.comparing import Action, Edits
from courses.folder.differences import FieldDifference, differences
from courses.folder.faults import SHOWN, Refused
from courses.folder.loading import Edited, Summary
from courses.folder.stored import contents_of
from courses.folder.writing import files
from courses.folder_forms import LoadForm, UploadForm
from courses.models import Upload
from courses.uploading import EditedMeanwhile, NotTheirs, keep, may_load, rehearse, take
from sources.authoring import AuthoringAdmin
from sources.permissions import may_author

TABLES = {
    "course": _("Course"),
    "sources": _("Sources"),
    "claims": _("Claims"),
    "terms": _("Glossary"),
    "questions": _("Questions"),
    "lessons": _("Lessons"),
    "quizzes": _("Quizzes"),
    "coverage": _("Coverage"),
    "figures": _("Figures"),
}
ACTIONS = {
    Action.CREATED: _("New"),
    Action.UPDATED: _("Changed"),
    Action.RETIRED: _("Retired"),
    Action.KEPT: _("Kept as edited"),
    Action.LEFT: _("As they are"),
}
LISTED = (Action.CREATED, Action.UPDATED, Action.RETIRED)
"""Whose keys are named; of the others there are many, or more is said elsewhere."""


@dataclass(frozen=True)
class Outcome:
    """What one choice about the edits leads to: a load, or faults."""

    edits: Edits
    summary: Summary | None = None
    refused: Refused | None = None

    @property
    def told(self) -> str:
        return told(self.summary) if self.summary else gettext("This can not be loaded.")


@dataclass(frozen=True)
class EditedRow:
    table: str
    row: Edited
    fields: list[FieldDifference]


def told(summary: Summary) -> str:
    """What a load does, in a line."""
    total = sum(summary.actions.values(), Counter[Action]())
    text = gettext("%(created)d new, %(updated)d changed, %(retired)d retired, %(kept)d kept as edited")
    published = gettext("quizzes published: %(count)d") % {"count": summary.editions}
    return f"{text % {action.value: total[action] for action in Action}}; {published}"


def outcomes_of(upload: Upload) -> list[Outcome]:
    """One where nothing was edited in the admin, or else one for each choice."""
    kept = _outcome(upload, Edits.KEEP)
    if kept.summary and not kept.summary.edited:
        return [kept]
    overwritten = _outcome(upload, Edits.OVERWRITE)
    return [kept, overwritten] if kept.summary or overwritten.summary else [kept]


def _outcome(upload: Upload, edits: Edits) -> Outcome:
    try:
        return Outcome(edits, summary=rehearse(upload=upload, edits=edits))
    except Refused as refused:
        return Outcome(edits, refused=refused)


def shown(outcomes: list[Outcome]) -> dict[str, Any]:
    """What the page of a dry run says. Of what differs with the choice it tells the first that can be loaded."""
    chosen = next((one for one in outcomes if one.summary), None)
    if chosen is None or chosen.summary is None:
        return {"faults": outcomes[0].refused}
    summary = chosen.summary
    return {
        "outcomes": outcomes,
        "chosen": chosen,
        "summary": summary,
        "counts": [(label, [summary.actions[table][action] for action in ACTIONS]) for table, label in TABLES.items()],
        "heads": ACTIONS.values(),
        "listed": list(_listed(summary)),
        "edited": [EditedRow(str(TABLES[one.table]), one, differences(one.edit)) for one in summary.edited[:SHOWN]],
        "edited_more": len(summary.edited[SHOWN:]),
    }


def _listed(summary: Summary) -> Iterator[tuple[Any, list[tuple[Any, list[str]]]]]:
    for action in LISTED:
        rows = [(label, summary.keys(table, action)) for table, label in TABLES.items()]
        if found := [(label, keys) for label, keys in rows if keys]:
            yield ACTIONS[action], found


class FolderPages(AuthoringAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("load/", view(self.load_view), name="courses_course_load"),
            path("load/<int:upload_id>/", view(self.dry_run_view), name="courses_course_dry_run"),
            path("<path:object_id>/export/", view(self.export_view), name="courses_course_export"),
            *super().get_urls(),
        ]

    def export_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET"])
        course = self.get_object(request, unquote(object_id))
        if course is None:
            raise Http404
        if not may_author(request.user, course.collection):
            raise PermissionDenied
        archive = pack(course.slug, files(contents_of(course)))
        headers = {"Content-Disposition": f'attachment; filename="{course.slug}.zip"'}
        return HttpResponse(archive, content_type="application/zip", headers=headers)

    def has_load_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) or self.has_change_permission(request)

    def load_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_load_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._load_page(request, UploadForm())
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._load_page(request, form, status=422)
        file = form.cleaned_data["archive"]
        try:
            upload = keep(owner=request.user, archive=file.read(), name=file.name)  # type: ignore[arg-type]
        except Refused as refused:
            return self._load_page(request, form, faults=refused, status=422)
        except NotTheirs:
            form.add_error("archive", _("You may not change this course, or add one. Ask whoever it belongs to."))
            return self._load_page(request, form, status=422)
        return HttpResponseRedirect(reverse("admin:courses_course_dry_run", args=[upload.pk]))

    def _load_page(self, request: HttpRequest, form: UploadForm, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {"title": _("Load a course folder (zip)"), "form": form, **more}
        return self._page(request, "admin/courses/course/load.html", context, status=status)

    def dry_run_view(self, request: HttpRequest, upload_id: int) -> HttpResponse:
        upload = Upload.objects.kept().filter(pk=upload_id, owner=request.user.pk).select_related("owner").first()
        if upload is None:
            gone = _(
                "That archive was loaded, or replaced by another, or kept for an hour and dropped. Choose it again."
            )
            self.message_user(request, gone, messages.WARNING)
            return HttpResponseRedirect(reverse("admin:courses_course_load"))
        if not may_load(upload.owner, upload.slug):
            raise PermissionDenied
        return self._take(request, upload) if request.method == "POST" else self._dry_run_page(request, upload)

    def _take(self, request: HttpRequest, upload: Upload) -> HttpResponse:
        form = LoadForm(request.POST)
        if not form.is_valid():
            return self._dry_run_page(request, upload, note=_("Choose what to do with the edits."), status=422)
        try:
            summary = take(upload=upload, **form.cleaned_data)
        except EditedMeanwhile:
            note = _("Something was edited in the admin while this page was open, so nothing was loaded. Look again.")
            return self._dry_run_page(request, upload, note=note, status=409)
        except Refused as refused:
            return self._dry_run_page(request, upload, faults=refused, status=422)
        message = _("“%(course)s” is loaded: %(told)s.") % {"course": summary.course, "told": told(summary)}
        self.log_change(request, summary.course, message)
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:courses_course_change", args=[summary.course.pk]))

    def _dry_run_page(self, request: HttpRequest, upload: Upload, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {"title": _("Dry run: nothing is changed yet"), "upload": upload, **more}
        if "faults" not in more:
            context |= shown(outcomes_of(upload))
        return self._page(request, "admin/courses/course/dry_run.html", context, status=status)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context, status=status)
