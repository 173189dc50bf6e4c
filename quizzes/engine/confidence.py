"""Marks by how sure a learner is (certainty-based marking).

After A. R. Gardner-Medwin, "Confidence assessment in the teaching of basic science", ALT-J 3(1), 1995, and his later
scheme for true/false and other questions: right earns 1, 2 or 3, wrong 0, -2 or -6, for a confidence of 1, 2 or 3. It
pays to be honest: 3 is best above 80% of being right, 2 from 67% to 80%, 1 below. Answers that are partly right
earn their fraction of what right earns, as in Moodle's certainty-based marking.
"""

LEVELS = (1, 2, 3)
RIGHT = {1: 1, 2: 2, 3: 3}
WRONG = {1: 0, 2: -2, 3: -6}
FULL = 3
"""What a right answer given with the highest confidence earns."""


def adjusted(fraction: float, confidence: int | None) -> float:
    """-6 to 3 for a fraction of 0 to 1; an answer without a confidence counts as given with the lowest."""
    level = confidence or LEVELS[0]
    return RIGHT[level] * fraction if fraction > 0 else float(WRONG[level])
