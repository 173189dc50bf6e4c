from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import User
from progress import cards
from progress.models import Card


class Command(BaseCommand):
    help = (
        "Reckons every learner's review cards anew from what they answered. Changes nothing where all is well; what "
        "was put off stays so."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        learners = User.objects.filter(responses__isnull=False) | User.objects.filter(cards__isnull=False)
        for learner in learners.distinct().order_by("pk").iterator():
            cards.replay(learner=learner)
        self.stdout.write(f"There are {Card.objects.count()} cards.")
