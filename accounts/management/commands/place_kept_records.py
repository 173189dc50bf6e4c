from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import User
from accounts.my_data import Fate
from accounts.my_data.taking import place_kept


class Command(BaseCommand):
    help = "Places what learners brought from other sites, as far as it has a place by now: after a course was loaded."

    def handle(self, *args: Any, **options: Any) -> None:
        learners = User.objects.filter(pk__in=User.objects.exclude(kept_records=None).values("pk"))
        placed = [place_kept(learner=learner).total(Fate.TAKEN) for learner in learners.iterator()]
        learners_told = "1 learner" if len(placed) == 1 else f"{len(placed)} learners"
        self.stdout.write(f"Placed {sum(placed)} records of {learners_told} with something kept.")
