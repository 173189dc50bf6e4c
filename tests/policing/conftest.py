from tests.courses.conftest import lesson

__all__ = ["lesson"]
