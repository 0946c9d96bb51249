from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from accounts.access import signed_in


@signed_in
def page(request):
    raise AssertionError("a visitor came in")


def asked(request):
    request.user, request.htmx = AnonymousUser(), HtmxDetails(request)
    return page(request)


def test_a_visitor_is_sent_to_sign_in_and_back(rf: RequestFactory):
    assert asked(rf.get("/account/?a=1"))["Location"] == "/sign-in/?next=%2Faccount%2F%3Fa%3D1"


def test_what_was_posted_is_no_page_to_come_back_to(rf: RequestFactory):
    assert asked(rf.post("/account/"))["Location"] == "/sign-in/"


def test_a_fragment_makes_the_whole_page_go_and_come_back_to_it(rf: RequestFactory):
    request = rf.get(
        "/fragment/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/jobs/1/"}
    )
    answer = asked(request)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/sign-in/?next=%2Fjobs%2F1%2F")
