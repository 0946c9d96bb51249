from django.urls import path

from accounts.views import mailbox, profile, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-in/wait/", sign_in.wait, name="sign_in_wait"),
    path("sign-in/wait/status/", sign_in.wait_status, name="sign_in_wait_status"),
    path("sign-in/<str:token>/", sign_in.sign_in_link, name="sign_in_link"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("account/", profile.account, name="account"),
    path("dev/mailbox/", mailbox.mailbox, name="mailbox"),
    path("admin/login/", sign_in.admin_sign_in, name="admin_sign_in"),  # before the admin's own
]
