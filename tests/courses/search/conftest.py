from tests.courses.folder.conftest import loaded, rivers

__all__ = ["loaded", "rivers"]
