"""Pages and notes for what went wrong: what it was, what to do, that nothing was lost."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ui.htmx import is_htmx


def problem(
    request: HttpRequest, *, status: int, title: str, message: str, url: str = "", link: str = "", **more: object
) -> HttpResponse:
    """A page that says `message` and offers one way on; for htmx, the same as a note over the page."""
    context = {"title": title, "message": message, "url": url, "link": link, "status": status, **more}
    return render(request, "ui/_toast.html" if is_htmx(request) else "ui/problem.html", context, status=status)


def conflict(request: HttpRequest, message: str, *, url: str, link: str) -> HttpResponse:
    return problem(request, status=409, title=_("That has changed"), message=message, url=url, link=link)


def signed_out(request: HttpRequest, message: str, *, back: str) -> HttpResponse:
    """Offers to sign in and come back to the page."""
    url = f"{reverse('account_login')}?{urlencode({'next': back})}"
    return problem(request, status=403, title=_("Signed out"), message=message, url=url, link=_("Sign in"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return problem(
            request,
            status=413,
            title=_("That was too much to send"),
            message=_("What was sent is larger than this page takes, so it was not read. Go back and send less."),
        )
    return problem(
        request,
        status=400,
        title=_("That could not be read"),
        message=_(
            "The page sent something this site does not understand. Nothing was changed. Reload the page and try again."
        ),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(
        request,
        status=403,
        title=_("Not open to you"),
        message=_("You may not open this page. If you should be able to, sign in with another account."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(
        request,
        status=404,
        title=_("Nothing here"),
        message=_("There is no page at this address. It may have moved, or the link may have a slip in it."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return problem(
        request,
        status=500,
        title=_("Our mistake"),
        message=_(
            "Something broke on our side. What you had answered before is kept. Go back and try again in a moment."
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for long, or cookies are off. A form of our own may be sent again with one click."""
    ours = request.headers.get("Origin") in {f"{request.scheme}://{request.get_host()}", None}
    ours = ours and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    return problem(
        request,
        status=403,
        title=_("This page was open for a while"),
        message=_(
            "Your sign-in changed, or your browser sent no cookie, since the page was opened, so what you sent was "
            "not taken yet. Nothing is lost. If this comes up again, allow cookies for this site."
        ),
        again=fields if ours and request.COOKIES and not any("password" in name for name in request.POST) else [],
    )
