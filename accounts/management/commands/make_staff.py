from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.actions import make_staff
from accounts.forms import normal_address


class Command(BaseCommand):
    help = "Makes somebody a member of staff who may do everything in the admin."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            user = make_staff(email=normal_address(options["email"]))
        except ValidationError as error:
            raise CommandError(f"{options['email']} is no e-mail address.") from error
        self.stdout.write(
            f"{user.email} is staff now. Sign in at /admin/ with the link that is mailed there."
        )
