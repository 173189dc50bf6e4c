"""allauth's pages, each open to those it is for. Its own patterns follow ours and serve the rest."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, include, path, re_path

from accounts import views
from accounts.access import for_accounts, for_newcomers

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", for_newcomers(allauth_views.login), name="account_login"),
    path("signup/", for_newcomers(allauth_views.signup), name="account_signup"),
    path("email/", for_accounts(allauth_views.email), name="account_email"),
    path("password/change/", for_accounts(allauth_views.password_change), name="account_change_password"),
    path("password/set/", for_accounts(allauth_views.password_set), name="account_set_password"),
    path("reauthenticate/", for_accounts(allauth_views.reauthenticate), name="account_reauthenticate"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.ConfirmAddress.as_view(), name="account_confirm_email"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.ResetPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("", include("allauth.account.urls")),
]
