from courses.models import Course


def test_tom_makes_a_course(rivers, tom_client, address):
    form = {"collection": rivers.pk, "slug": "rivers", "title": "Rivers", "language": "en", **management(0)}
    assert tom_client.post(address(Course, "add"), form).status_code == 302
    assert Course.objects.get().collection == rivers


def test_the_page_orders_lessons_and_links_to_them(make, rivers, tom_client, address):
    course = make.course(collection=rivers)
    first = make.lesson(course=course, position=0, title="Springs")
    second = make.lesson(course=course, position=1, title="Wells")
    html = tom_client.get(address(course)).text
    assert f'<a href="{address(first)}">Springs</a>' in html
    form = {
        "title": "Rivers",
        "language": "en",
        **management(2),
        "lessons-0-id": first.pk,
        "lessons-0-position": "",
        "lessons-1-id": second.pk,
        "lessons-1-position": 1,
    }
    assert tom_client.post(address(course), form).status_code == 302
    assert list(course.lessons.order_by("position")) == [second, first]


def management(count):
    return {"lessons-TOTAL_FORMS": count, "lessons-INITIAL_FORMS": count}
