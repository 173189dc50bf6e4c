"""Forms in which a teacher loads a course folder as a zip."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.folder.archives import LARGEST
from courses.folder.comparing import Edits


class UploadForm(forms.Form):
    archive = forms.FileField(
        label=_("Zip archive"),
        help_text=_(
            "Of a course folder, as “Export as a folder (zip)” makes it on the page of a course. At most 20 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={"required": _("Choose a zip archive."), "empty": _("This file is empty.")},
    )

    def clean_archive(self) -> Any:
        file = self.cleaned_data["archive"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 20 MB. Load larger courses by load_course."))
        return file


class LoadForm(forms.Form):
    edits = forms.ChoiceField(
        choices=[
            (Edits.KEEP.value, _("Keep what the admin has")),
            (Edits.OVERWRITE.value, _("Take what the folder has")),
        ],
        required=False,
    )
    seen = forms.CharField(max_length=64)

    def clean_edits(self) -> Edits:
        chosen: Any = self.cleaned_data["edits"]
        return Edits(chosen or Edits.KEEP)
