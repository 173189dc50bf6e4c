"""The site, and a page whose form records something, as an answer would."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from accounts.guests import browser_secret, ensure_learner
from config.urls import urlpatterns as site


def learn(request: HttpRequest) -> HttpResponse:
    """GET shows the form's token, POST makes sure of a learner and names it."""
    if request.method == "GET":
        return HttpResponse(get_token(request))
    return HttpResponse(ensure_learner(request).pk)


def secret(request: HttpRequest) -> HttpResponse:
    return HttpResponse(browser_secret(request))


urlpatterns = [path("learn/", learn), path("secret/", secret), *site]
