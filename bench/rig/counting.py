"""What a request cost, told in its headers: SQL statements, and milliseconds of processor time in Django."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

QUERIES, FRAMING, PROCESSOR = "X-Queries", "X-Framing", "X-Processor"


@dataclass
class Tally:
    queries: int = 0
    framing: int = 0
    """BEGIN and savepoints, and a COMMIT for each BEGIN: that one passes by execute wrappers."""

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        word = sql.split(None, 1)[0]
        if word == "BEGIN":
            self.framing += 2
        elif word in {"SAVEPOINT", "RELEASE", "ROLLBACK"}:
            self.framing += 1
        else:
            self.queries += 1
        return execute(sql, *rest)


class Counted:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        tally, start = Tally(), time.thread_time()
        with connection.execute_wrapper(tally):
            response = self.get_response(request)
        response[QUERIES], response[FRAMING] = str(tally.queries), str(tally.framing)
        response[PROCESSOR] = f"{(time.thread_time() - start) * 1000:.4f}"
        return response
