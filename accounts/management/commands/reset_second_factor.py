from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions.second_factor import reset_second_factor
from accounts.models import User


class Command(BaseCommand):
    help = "For somebody of staff who lost their app and recovery codes: their next visit to /admin/ sets up a new app."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.with_email(options["email"])
        if user is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        reset_second_factor(user=user)
        self.stdout.write(f"{user.email} is signed out everywhere and sets up a new app at /admin/.")
