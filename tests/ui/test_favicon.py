def test_pages_that_name_no_icon_have_one(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].endswith("/ui/icon.svg")
