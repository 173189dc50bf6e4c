"""How sure against how right, reckoned by hand."""

import pytest

from progress.calibration import Fit, Said, brier, calibration


def said(confidence: int, right: int, wrong: int) -> list[Said]:
    return [Said(confidence, True)] * right + [Said(confidence, False)] * wrong


@pytest.mark.parametrize(
    ("given", "score"),
    [
        (said(3, 1, 0), 0.01),  # (0.9 - 1)^2
        (said(3, 0, 1), 0.81),  # (0.9 - 0)^2
        (said(2, 1, 0), 16 / 225),  # (11/15 - 1)^2
        (said(2, 0, 1), 121 / 225),
        (said(1, 1, 0), 0.25),
        (said(1, 0, 1), 0.25),
        (said(3, 9, 1), 0.09),  # (9 * 0.01 + 0.81) / 10
        (said(3, 7, 3) + said(1, 5, 5), 0.25),  # (0.07 + 2.43 + 2.5) / 20
    ],
)
def test_the_brier_score(given, score):
    assert brier(given) == pytest.approx(score)


@pytest.mark.parametrize(
    ("confidence", "right", "wrong", "fit"),
    [
        (3, 8, 2, Fit.FITS),
        (3, 10, 0, Fit.FITS),
        (3, 7, 3, Fit.TOO_SURE),
        (3, 5, 5, Fit.MUCH_TOO_SURE),
        (2, 7, 3, Fit.FITS),
        (2, 9, 1, Fit.TOO_CAREFUL),
        (2, 6, 4, Fit.TOO_SURE),
        (1, 5, 5, Fit.FITS),
        (1, 2, 8, Fit.TOO_SURE),
        (1, 8, 2, Fit.TOO_CAREFUL),
        (1, 9, 1, Fit.MUCH_TOO_CAREFUL),
    ],
)
def test_a_share_outside_of_the_range_is_told_with_its_direction(confidence, right, wrong, fit):
    found = calibration(said(confidence, right, wrong))
    assert found.telling
    assert (found.telling.confidence, found.telling.fit) == (confidence, fit)


def test_the_level_that_is_farthest_off_is_spoken_of():
    found = calibration(said(3, 8, 2) + said(2, 3, 7) + said(1, 5, 5))
    assert found.telling
    assert found.telling.confidence == 2


def test_where_all_fit_it_is_the_surest():
    found = calibration(said(3, 9, 1) + said(1, 5, 5))
    assert found.telling
    assert found.telling.confidence == 3


def test_nine_answers_are_too_few_to_say_anything():
    found = calibration(said(3, 5, 4) + said(1, 9, 0))
    assert (found.telling, found.brier, found.answers) == (None, None, 18)


def test_a_level_with_too_few_is_not_spoken_of_but_counts_for_the_score():
    found = calibration(said(3, 9, 1) + said(1, 0, 9))
    assert found.telling
    assert found.telling.confidence == 3
    assert found.brier == pytest.approx((9 * 0.01 + 0.81 + 9 * 0.25) / 19)


def test_nobody_has_said_anything():
    assert (calibration([]).answers, calibration([]).telling) == (0, None)
