from sources.evidence import Reference, evidence
from tests import make


def test_claims_come_with_their_sources_in_one_query(db, django_assert_num_queries):
    rivers = make.collection()
    first = make.source(collection=rivers, key="a", title="First", date="2024", url="https://x.test/")
    second = make.source(collection=rivers, key="b", title="Second")
    make.claim(collection=rivers, key="two", sources=[second, first])
    make.claim(collection=rivers, key="none", status="attributed", attributed_to="A poet", as_of="2024")
    make.claim(collection=rivers, key="other")
    with django_assert_num_queries(1):
        found = evidence(rivers.pk, ["two", "none", "gone"])
    assert set(found) == {"two", "none"}
    assert found["two"].sources[0] == Reference("First", "The Institute", "2024", "https://x.test/")
    assert [source.title for source in found["two"].sources] == ["First", "Second"]
    assert found["none"].sources == []
    assert (str(found["none"].label), found["none"].attributed_to) == ("Attributed", "A poet")


def test_another_collections_claim_is_not_found(db):
    make.claim(collection=make.collection(), key="same", text="Theirs.")
    assert evidence(make.collection().pk, ["same"]) == {}


def test_no_keys_cost_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert evidence(1, []) == {}
