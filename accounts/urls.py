from django.urls import path

from accounts.views import api_keys, browsers, leave, mailbox, profile, second_factor, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/wait/", sign_in.wait, name="sign_in_wait"),
    path("sign-in/wait/status/", sign_in.wait_status, name="sign_in_wait_status"),
    path("sign-in/<str:token>/", sign_in.sign_in_link, name="sign_in_link"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/", profile.account, name="account"),
    path("account/keys/", api_keys.keys, name="keys"),
    path("account/keys/<str:key_id>/remove/", api_keys.remove, name="key_remove"),
    path("account/browsers/", browsers.browsers, name="browsers"),
    path("account/browsers/sign-out-everywhere/", browsers.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/browsers/<str:browser_id>/sign-out/", browsers.sign_out_one, name="browser_sign_out"),
    path("account/second-factor/", second_factor.second_factor, name="second_factor"),
    path("account/second-factor/begin/", second_factor.begin, name="second_factor_begin"),
    path("account/second-factor/enrol/", second_factor.enrol, name="second_factor_enrol"),
    path("account/second-factor/codes/", second_factor.renew_codes, name="second_factor_codes"),
    path("account/delete/", leave.leave, name="leave"),
    path("dev/mailbox/", mailbox.mailbox, name="mailbox"),
    path("admin/login/", sign_in.admin_sign_in, name="admin_sign_in"),  # before the admin's own
]
