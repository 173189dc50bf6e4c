"""What the admin pages of all rooms share: columns, counts, what may be linked, what may not be deleted."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.paginator import Paginator
from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery, TextField, URLField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sources.auditing import changes_told
from sources.authoring_forms import KeyFormField, ProseField, primary_key
from sources.models import KeyField
from sources.permissions import within_own

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST = 10_000
"""Rows that a list of a table that grows can be paged through."""
FEW = 1_000
"""Rows found by a search that are named one by one."""

Column = Callable[[Any], str]


def shortened(field: str, label: "_StrPromise") -> Column:
    """A column with the beginning of a long text."""

    @admin.display(description=label, ordering=field)
    def column(row: Model) -> str:
        return Truncator(getattr(row, field)).chars(90)

    column.__name__ = field
    return column


def number(relation: str, label: "_StrPromise") -> Column:
    """A column with how many rows a relation leads to; the admin names it in `counted`."""
    name = _name_of_number(relation)

    @admin.display(description=label, ordering=name)
    def column(row: Model) -> str:
        return str(getattr(row, name))

    column.__name__ = name
    return column


def _person(link: Any) -> Column:
    """A field with somebody's name."""

    @admin.display(description=link.verbose_name)
    def column(row: Model) -> str:
        return str(getattr(row, link.name) or "")

    column.__name__ = link.name
    return column


def _name_of_number(relation: str) -> str:
    return f"number_of_{relation.replace('__', '_')}"


def number_of(model: type[Model], relation: str, condition: Q | None = None) -> Subquery:
    """Counted for the rows of one page, not for the whole table as a join would."""
    rows = model._default_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
    return Subquery(rows.annotate(number=Count(relation, filter=condition)).values("number"))


def links(rows: Iterable[Model]) -> SafeString:
    """A list of links to the rows' admin pages."""
    lines = [(reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk]), row) for row in rows]
    if not lines:
        return format_html("{}", _("Nowhere yet."))
    return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', lines))


class _OfOneCollection:
    """An autocomplete that offers what belongs to one collection, once it is known which."""

    collection_id: int | None = None

    def get_url(self) -> str:
        url: str = super().get_url()  # type: ignore[misc]
        return f"{url}?collection={self.collection_id}" if self.collection_id else url


class SelectOfCollection(_OfOneCollection, AutocompleteSelect):
    pass


class SelectMultipleOfCollection(_OfOneCollection, AutocompleteSelectMultiple):
    pass


class OwnAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows of collections that whoever asks may author; all others are not there for them."""

    show_full_result_count = False
    change_list_template = "admin/sources/list.html"
    list_help: ClassVar["_StrPromise | str"] = ""
    """What the rows are and what to do with them, above their list."""
    collection_path: ClassVar[str] = "collection"
    """From a row to its collection, as a query names it."""

    def get_queryset(self, request: HttpRequest) -> Any:
        return within_own(super().get_queryset(request), self.collection_path, request.user)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Few rows that are found are looked for once, and not to be counted and to be listed again."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        if not search_term:
            return found, repeats
        first = set(found.order_by().values_list("pk", flat=True)[: FEW + 1])
        return (found, repeats) if len(first) > FEW else (queryset.filter(pk__in=first), False)


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of a table that grows: to count all of a million rows takes longer than to show some."""

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST)

    @property
    def has_more(self) -> bool:
        """Whether there are rows on none of its pages."""
        return self._counted > MOST

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[: MOST + 1].count())


class LinkedSearch(OwnAdmin):
    """A list of a table that grows, searched by what its rows link to, which are fewer rows: first those are found. The
    other fields are searched as a whole, by an index."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for word in search_term.split():
            conditions = [self._condition(path, word) for path in self.get_search_fields(request)]
            queryset = queryset.filter(Q(*conditions, _connector=Q.OR))
        return queryset, False

    def _condition(self, path: str, word: str) -> Q:
        link, _separator, field = path.partition("__")
        if not field:
            return Q(**{path: word})
        rows = self.model._meta.get_field(link).related_model._default_manager
        found = rows.filter(**{f"{field}__icontains": word}).order_by("-pk").values_list("pk", flat=True)
        return Q(**{f"{link}__in": list(found[:FEW])})


def _own_rows(site: admin.AdminSite, model: type[Model], request: HttpRequest) -> QuerySet[Any] | None:
    """None where the rows of a model belong to no collection."""
    of_model = site._registry.get(model)
    if not isinstance(of_model, OwnAdmin):
        return None
    return within_own(model._default_manager.all(), of_model.collection_path, request.user)


class OwnRelatedFilter(admin.RelatedFieldListFilter):
    """Offers what whoever asks may author, wherever a list is filtered by what belongs to a collection."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        rows = _own_rows(model_admin.admin_site, field.remote_field.model, request)
        if rows is None:
            return super().field_choices(field, request, model_admin)
        ordering = self.field_admin_ordering(field, request, model_admin)
        own = {"pk__in": rows.order_by().values("pk")}
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=own)


admin.FieldListFilter.register(lambda field: bool(field.remote_field), OwnRelatedFilter, take_priority=True)


class LinksWithinCollection(BaseModelAdmin):  # type: ignore[type-arg]
    """Fields of a page or an inline link to what its author may author, and offer what belongs to the collection of the
    page's row."""

    formfield_overrides = {
        TextField: {"form_class": ProseField, "widget": ProseField.widget},
        URLField: {"assume_scheme": "https"},
        KeyField: {"form_class": KeyFormField},
    }

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SelectOfCollection(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SelectMultipleOfCollection(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any] | None:
        rows = _own_rows(self.admin_site, db_field.remote_field.model, request)
        return rows if rows is not None else super().get_field_queryset(db, db_field, request)

    def collection_of(self, row: Any) -> int | None:
        collection_id: int | None = getattr(row, "collection_id", None)
        return collection_id

    def offer_within(self, form: Any, row: Any) -> None:
        for field in form.base_fields.values():
            widget = getattr(field.widget, "widget", None)
            if isinstance(widget, _OfOneCollection):
                widget.collection_id = self.collection_of(row)


class InlineWithinCollection(LinksWithinCollection, admin.options.InlineModelAdmin):  # type: ignore[type-arg]
    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        self.offer_within(formset.form, obj)
        return formset


class AuthoringAdmin(LinksWithinCollection, OwnAdmin):
    """Rows that authors write. What recognises a row stays as it was saved; what is in use is not deleted."""

    class Media:
        css = {"all": ["sources/authoring.css"]}

    list_per_page = 50
    delete_confirmation_template = "admin/sources/delete.html"
    delete_selected_confirmation_template = "admin/sources/delete_selected.html"

    counted: ClassVar[tuple[str, ...]] = ()
    """Relations that the list shows as numbers."""
    lasting: ClassVar[tuple[str, ...]] = ("collection", "key")
    """Fields that can not change once the row is saved."""
    help_texts: ClassVar[Mapping[str, "_StrPromise"]] = {}
    """Of fields whose models say nothing of how to write them."""
    deleted_along: ClassVar[tuple[type[Model], ...]] = ()
    """Read-only rows that follow from this one and go with it."""

    def get_queryset(self, request: HttpRequest) -> Any:
        counts = {_name_of_number(relation): number_of(self.model, relation) for relation in self.counted}
        return super().get_queryset(request).annotate(**counts)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Of the address, without links that can lead nowhere."""
        chosen: dict[str, Any] = super().get_changeform_initial_data(request)
        links = {field.name for field in self.opts.fields if field.is_relation}
        return {name: value for name, value in chosen.items() if name not in links or primary_key(value)}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **{"help_texts": self.help_texts, **kwargs})
        self.offer_within(form, obj)
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, *self.lasting] if obj else fields

    def tell(self, request: HttpRequest, row: Any) -> None:
        """What an author should know once a row is saved."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        self.tell(request, obj)
        return response

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = super().response_change(request, obj)
        self.tell(request, obj)
        return response

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return changes_told(form, formsets or (), add=add)

    def offered(self, rows: QuerySet[Any], collection: str) -> QuerySet[Any]:
        """What autocomplete offers of them: nothing retired, and nothing of another collection than the one named."""
        fields = {field.name for field in self.model._meta.fields}
        if "retired" in fields:
            rows = rows.filter(retired=False)
        if "collection" in fields and collection.isdecimal():
            rows = rows.filter(collection__pk=int(collection))
        return rows

    def uses(self, row: Any) -> Iterable[str]:
        """What stands on a row by links that the database would cut without a word."""
        return ()

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """What is in use, and what learners did, comes before who may delete it."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        refused = {*map(str, lacking)} - {str(model._meta.verbose_name) for model in self.deleted_along}
        records = [one.opts for one in self.admin_site._registry.values() if isinstance(one, HistoryAdmin)]
        history = {str(meta.verbose_name_plural) for meta in records if str(meta.verbose_name) in refused}
        lost = [f"{capfirst(name)}: {count}" for name, count in counts.items() if name in history]
        protected = [*protected, *lost, *(use for row in objs for use in self.uses(row))]
        return deleted, counts, set() if protected else refused, protected


class HistoryAdmin(OwnAdmin):
    """Rows that record what happened: to be read, and nothing else."""

    class Media:
        css = {"all": ["sources/authoring.css"]}

    list_per_page = 50
    paginator = CappedPaginator

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """People by their names alone, for whoever may not open their accounts."""
        names = super().get_fields(request, obj)
        if request.user.has_perm("accounts.view_user"):
            return names
        people = {field.name: field for field in self.model._meta.fields if field.related_model is User}
        return [_person(people[name]) if name in people else name for name in names]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ConditionFilter(admin.SimpleListFilter):
    """A filter of a list, each choice with its label and its condition."""

    def conditions(self) -> "dict[str, tuple[_StrPromise, Q]]":
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, label) for value, (label, _condition) in self.conditions().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.conditions().get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset
