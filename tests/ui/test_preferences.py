def test_shortcuts_are_on_until_they_are_switched_off(client, db):
    assert "shortcuts.js" in client.get("/preferences/").text
    response = client.post("/preferences/", {}, follow=True)
    assert "Saved" in response.text
    assert "shortcuts.js" not in client.get("/").text
    client.post("/preferences/", {"shortcuts": "on"})
    assert "shortcuts.js" in client.get("/").text
