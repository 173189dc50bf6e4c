from django.db import OperationalError, connection


def test_the_site_is_well_when_the_database_answers(client, db):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_the_site_is_not_well_when_the_database_does_not(client, db, monkeypatch):
    def refuse() -> None:
        raise OperationalError("unable to open database file")

    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", refuse)
        response = client.get("/healthz")
    assert response.status_code == 503
