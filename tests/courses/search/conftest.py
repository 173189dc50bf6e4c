from tests.courses.folder.conftest import loaded, rivers, rivers_rows

__all__ = ["loaded", "rivers", "rivers_rows"]
