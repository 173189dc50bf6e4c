"""The one way a page answers: whole for a browser, its partial for htmx."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import replace_url


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    partial: str = "",
    form: BaseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Renders `template`, or `template#partial` for htmx; 422 when a bound form is invalid."""
    if form is not None and form.is_bound and not form.is_valid():
        status = 422
    name = f"{template}#{partial}" if partial and is_htmx(request) else template
    response = render(request, name, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def addressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Puts the page's own address into the browser, also where htmx shows it in place of another: whoever follows a
    link from here comes back to it."""
    return replace_url(response, request.get_full_path()) if is_htmx(request) else response


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))
