import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.engine.shorttext import LIMIT, Accepted, Best, Match, best, fold, matches

# What a question accepts (more than one: the others are its aliases), what is right, what is wrong.
TABLE: list[tuple[list[str], list[str], list[str]]] = [
    (
        ["Hezbollah"],
        [
            *("Hezbollah", "hezbollah", " HEZBOLLAH. ", "Hizbullah", "Hizballah", "Hizbollah", "Hizb Allah"),
            *(
                "Hizb-Allah",
                "Hezb'ollah",
                "ḥizb allāh",
                "Ḥizbu’llāh",
                "Hezbolah",
                "Hezbollh",
                "Hezbulla",
                "the Hezbollah",
            ),
            *("حزب‌الله", "حزب الله", "حزبالله", "حِزْبُ اللّٰه", "حـزب الله", "\u200fحزب‌الله\u200e"),
        ],
        [
            "Hamas",
            "Kataib Hezbollah",
            "کتائب حزب الله",
            "حماس",
            "not Hezbollah",
            "Hezb",
            "Allah",
            "Hezbollah and Hamas",
            "",
        ],
    ),
    (
        ["Kataib Hezbollah"],
        ["Kata'ib Hizballah", "کتائب حزب‌الله", "Kataeb Hezbollah", "Katib Hizbullah"],
        ["Hezbollah", "حزب الله"],
    ),
    (
        ["Ansar Allah", "Houthis", "Houthi movement"],
        [
            *("Ansarallah", "Ansarullah", "Ansar-Allah", "Ansarollah", "Ansaru Allah", "أنصار الله", "انصارالله"),
            *("Houthis", "the Houthis", "Houthi", "Huthis", "the Houthi movement"),
        ],
        ["Ansar al-Islam", "أنصار الإسلام", "Ansar", "Ansar Dine", "no Houthis"],
    ),
    (
        ["formal treaty"],
        [
            "a formal treaty",
            "Formal Treaty",
            "formal traety",
            "formall treaty",
            "the  formal\ttreaty!",
            "“formal treaty”",
        ],
        [
            *("informal treaty", "no formal treaty", "not a formal treaty", "in formal treaty", "normal treaty"),
            *(
                "former treaty",
                "formal traaety",
                "fromal traety",
                "format treaty",
                "formal",
                "treaty",
                "non-formal treaty",
            ),
        ],
    ),
    (
        ["informal agreement"],
        ["an informal agrement", "informall agreement"],
        ["formal agreement", "unformal agreement"],
    ),
    (
        ["25-year agreement"],
        [
            *("۲۵-year agreement", "٢٥-year agreement", "twenty-five-year agreement", "25 year agreement"),
            *("Twenty five year agreement", "25‑year agreement", "a 25–year agrement"),
        ],
        ["20-year agreement", "52-year agreement", "5-year agreement", "twenty-year agreement", "25-yaer agreement"],
    ),
    (
        ["2021"],
        ["۲۰۲۱", "٢٠٢١", "２０２１", "2,021", "2021."],
        ["2012", "2020", "20 21", "-2021", "20211", "2021-2022"],
    ),
    (
        ["Iran"],
        ["ایران", "إيران", "ايران", "IRAN", "Irān", "'Iran'"],
        ["Iraq", "عراق", "Irann", "ran", "Iran Iraq", "ارمن"],
    ),
    (["Iraq"], ["عراق", "العراق", "ʿIrāq", "al-Iraq"], ["Iran", "ایران", "Irak"]),
    (
        ["binding", "legally binding"],
        ["Binding", "legally-binding", "legaly binding", "bindng"],
        ["non-binding", "nonbinding", "not binding", "unbinding", "not legally binding", "bending"],
    ),
    (
        ["*binding"],
        ["legally binding", "binding"],
        ["non-binding", "nonbinding", "not binding", "isn’t binding", "unbinding"],
    ),
    (["non-binding"], ["nonbinding", "non binding", "nonbindng"], ["binding", "no binding", "nonbonding pact"]),
    (["dependent"], ["dependant"], ["independent", "undependent"]),
    (["independent"], ["independant"], ["dependent", "undependent", "imdependent"]),
    (["Khamenei"], ["خامنه‌ای", "خامنئي", "Khāmenei", "Khamanei", "Khameini"], ["Khomeini", "خمینی", "Khomenei"]),
    (["Khomeini"], ["خمینی", "الخميني", "Khomeyni", "Khumeini"], ["Khamenei", "خامنه‌ای", "Khameini"]),
    (["Shia"], ["Shi'a", "Shi‘a", "Shi´a", "Shīʿa", "شیعه", "شيعة"], ["Sunni", "سنی", "شاه", "Sha"]),
    (["Sunni"], ["سنی", "السني", "sunnī"], ["Shia", "Shiite", "Suni Shia"]),
    (["Quds Force"], ["Qods Force", "al-Quds Force", "the Quds force", "Quds-Force"], ["Kurds Force", "Badr Force"]),
    (
        ["Bashar al-Assad"],
        ["بشار الأسد", "Bashar Assad", "bashar el-assad", "Bashar al Assad"],
        ["Hafez al-Assad", "Assad"],
    ),
    (["al-Qaeda"], ["Al Qaida", "el-Qaeda", "القاعدة", "Qaʿida"], ["al-Qanun", "the base"]),
    (["Jabhat an-Nusra"], ["Jabhat al-Nusra", "Jabhat Nusra"], ["Jabhat an", "Nusra"]),
    (["an-Nusra"], ["al-Nusra", "Nusra", "an Nusra"], ["Nasra"]),
    (["محور مقاومت"], ["محورِ مقاومت", "محور‌مقاومت", "محور  مقاومت", "محورمقاومت"], ["محور مقاولت", "محور"]),
    (["بین‌المللی"], ["بين المللي", "بین المللی"], ["ملی", "بین"]),
    (["مسؤول"], ["مسوول"], ["نامسوول"]),
    (["مدرسة"], ["مدرسه", "المدرسة"], ["مدرس"]),
    (["كتاب"], ["کتاب", "الكتاب", "كِتابٌ"], ["كتب", "حساب"]),
    (["nuclear"], ["nucler", "nuclaer"], ["unclear", "nucleus", "non-nuclear"]),
    (["United Nations"], ["the United Nations", "United Nation", "Unitd Nations"], ["untied nations", "United States"]),
    (["statute"], ["statutes", "satute", "statite"], ["statue", "status", "statut"]),
    (["Zionism"], ["zionisme", "Zionsm"], ["Zionist", "anti-Zionism"]),
    (["employer"], ["employers"], ["employee"]),
    (["September 1980"], ["september, 1980", "September 1980."], ["September 1981", "Septembr 1980", "November 1980"]),
    (["three million"], ["3 million"], ["three billion", "2 million", "three milion"]),
    (["seventh"], ["the seventh"], ["seventy", "sevenths", "eleventh", "7"]),
    (["without conditions"], ["without condition"], ["withour conditions", "with conditions", "conditions"]),
    (["-5"], ["−5", "–5"], ["5", "5-"]),
    (["3.5"], ["3.5."], ["35", "3 5", "3..5"]),
    (["10²"], ["10^2"], ["102", "10 2"]),
    (["2½"], ["2 ½"], ["21/2", "½"]),
    (["50%"], ["50 %", "50٪"], ["50", "5%"]),
    (["10,000"], ["10000", "١٠٬٠٠٠"], ["10", "1000", "10,00"]),
    (["J.C.P.O.A."], ["JCPOA", "jcpoa", "the J.C.P.O.A"], ["JCPO", "JCPA"]),
    (["F-16"], ["F16", "f‑16"], ["F-15", "16"]),
    (["A-bomb"], ["a-bomb"], ["bomb", "the bomb"]),
    (["naïve"], ["naive", "NAÏVE"], ["native", "nave"]),
    (["Straße"], ["strasse", "STRASSE"], ["strafe"]),
    (["Łódź"], ["Lodz", "łódź"], ["Lads"]),
    (["кол-во"], ["кол во", "КОЛ-ВО"], ["кола"]),
    (["が"], ["が", "か\u3099"], ["か"]),
    (["कि"], ["कि"], ["कु", "क"]),
    (["quest"], ["the quest"], ["quist"]),
    (["a ≠ b"], ["A ≠ B"], ["a = b"]),
    (["?"], ["?", " ? ", "？"], ["", "!", "‽"]),
    (["the"], ["The"], ["a", ""]),
    (
        ["strategic partner*"],
        ["strategic partnership", "a Strategic Partner", "strategic-partners"],
        ["strategic ally"],
    ),
    (["*treaty*"], ["the treaty of 1921", "peace treaty"], ["no treaty", "alliance", "nontreaty"]),
    (
        ["formal * treaty"],
        ["formal peace treaty", "a formal treaty"],
        ["formal informal treaty", "formaltreaty", "formal"],
    ),
    (["*Hezbollah*"], ["the Hizbullah movement", "Lebanese Hezbollah"], ["anyone but Hamas", "not Hizbullah"]),
    (["no * treaty"], ["no formal treaty"], ["a formal treaty", "no treaty without", "not no treaty"]),
    (["*حزب الله*"], ["جنبش حزب‌الله"], ["حماس", "نه حزب الله"]),
    (["ab*ba"], ["abba", "ab ba"], ["aba"]),
    ([r"5 \* 5"], ["5 * 5"], ["5 times 5", "5 5"]),
    ([r"\**"], ["* note", "*"], ["note"]),
]
ACCEPTED = [(keys, typed) for keys, right, _ in TABLE for typed in right]
REJECTED = [(keys, typed) for keys, _, wrong in TABLE for typed in wrong]


def test_the_table_is_long_enough():
    assert len(ACCEPTED) >= 120
    assert len(REJECTED) >= 120


@pytest.mark.parametrize(("keys", "typed"), ACCEPTED)
def test_it_is_accepted(keys, typed):
    assert best(typed, [Accepted(key) for key in keys]).credit == 1


@pytest.mark.parametrize(("keys", "typed"), REJECTED)
def test_it_is_rejected(keys, typed):
    assert best(typed, [Accepted(key) for key in keys]) == Best(Match.NO, None)


@pytest.mark.parametrize(
    ("typed", "pattern", "how"),
    [
        ("a formal treaty", "formal treaty", Match.EXACT),
        ("Hizbullah", "Hezbollah", Match.SPELLING),
        ("حزب الله", "Hezbollah", Match.SPELLING),
        ("Hezbollah", "حزب الله", Match.SPELLING),
        ("legally binding", "*binding", Match.WILDCARD),
        ("formal traety", "formal treaty", Match.SLIP),
        ("whatever", "*", Match.ANYTHING),
        ("", "**", Match.ANYTHING),
        ("informal treaty", "formal treaty", Match.NO),
    ],
)
def test_it_says_how_an_answer_agrees(typed, pattern, how):
    assert matches(typed, pattern) is how


@pytest.mark.parametrize(
    "typed", ["agreementt", "agreemen", "agreemant", "agreemnet"], ids=["more", "less", "other", "exchanged"]
)
def test_each_way_to_slip_is_forgiven_once(typed):
    assert matches(typed, "agreement") is Match.SLIP
    assert matches(f"{typed} {typed}", "agreement agreement") is Match.NO


def test_a_slip_in_a_short_word_is_not_forgiven():
    assert matches("treatys", "treaty") is Match.SLIP
    assert matches("pacts", "pact") is Match.NO


class TestConfusables:
    def test_a_slip_does_not_end_in_one_nor_beside_it(self):
        assert matches("mandates", "mandate", confusables=["mandates"]) is Match.NO
        assert matches("mandatey", "mandate") is Match.SLIP
        assert matches("mandatey", "mandate", confusables=["mandates"]) is Match.NO
        assert matches("mndate", "mandate", confusables=["mandates"]) is Match.SLIP

    def test_a_word_of_a_longer_one_counts(self):
        assert matches("mandates", "mandate") is Match.SLIP
        assert matches("mandates", "mandate", confusables=["League mandates"]) is Match.NO

    def test_another_transliteration_does_not_end_in_one(self):
        assert matches("Qasim", "Qasem") is Match.SPELLING
        assert matches("Qasim", "Qasem", confusables=["Qāsim"]) is Match.NO

    def test_a_wildcard_does_not_take_one_in(self):
        assert matches("Kataib Hezbollah", "*Hezbollah") is Match.WILDCARD
        assert matches("Kataib Hezbollah", "*Hezbollah", confusables=["Kata'ib Hezbollah"]) is Match.NO

    def test_one_that_is_the_accepted_answer_itself_does_no_harm(self):
        assert matches("Iran", "Iran", confusables=["Iran", "Iraq"]) is Match.EXACT
        assert matches("the Iran deal", "*Iran*", confusables=["Iran", "Iraq"]) is Match.WILDCARD
        assert matches("agreemnt", "agreement", confusables=["agreement", "treaty"]) is Match.SLIP


class TestBest:
    def test_the_better_credit_wins_among_equals(self):
        full, half = Accepted("*treaty", 1), Accepted("peace*", 0.5)
        assert best("peace treaty", [half, full]) == Best(Match.WILDCARD, full)

    def test_a_listed_answer_wins_over_a_wildcard_that_earns_more(self):
        listed = Accepted("Kataib Hezbollah", 0)
        assert best("Kataib Hizbullah", [Accepted("*Hezbollah"), listed]) == Best(Match.SPELLING, listed)
        assert best("kataib hezbollah", [Accepted("*Hezbollah"), listed]) == Best(Match.EXACT, listed)

    def test_what_is_listed_for_less_is_not_this_answer_in_another_spelling(self):
        assert matches("Qods", "Quds", others=["Qods"]) is Match.NO
        assert matches("peace treaty", "*treaty", others=["peace treaty"]) is Match.NO

    def test_equally_good_answers_are_told_apart_by_their_text(self):
        one, other = Accepted("Hezbollah"), Accepted("Hizballah")
        assert best("Hizbulla", [one, other]) == best("Hizbulla", [other, one])

    def test_a_slip_never_bridges_two_listed_answers(self):
        partner, partners = Accepted("partner", 1), Accepted("partners", 0.25)
        assert best("partners", [partner, partners]) == Best(Match.EXACT, partners)
        assert best("partnes", [partner, partners]) == Best(Match.SLIP, partners)
        assert best("parttner", [partner, partners]) == Best(Match.SLIP, partner)

    def test_a_slip_does_not_end_in_a_word_of_an_answer_that_earns_less(self):
        answers = [Accepted("mandate", 1), Accepted("League mandates", 0)]
        assert best("mandates", answers) == Best()
        assert best("mandatte", answers).credit == 1

    def test_a_lone_asterisk_takes_the_rest_and_hinders_nothing(self):
        key, rest = Accepted("agreement", 1), Accepted("*", 0)
        assert best("agreemnt", [key, rest]) == Best(Match.SLIP, key)
        assert best("quarrel", [key, rest]) == Best(Match.ANYTHING, rest)

    def test_nothing_is_worth_nothing(self):
        assert best("anything", []).credit == 0


class TestHostileInput:
    @pytest.mark.parametrize(
        ("typed", "pattern"),
        [
            ("a" * 1_000_000, "*a*"),
            ("*" * 1_000_000, "*" * 1_000_000),
            ("a" * LIMIT, "*a" * (LIMIT // 2) + "*"),
            ("a" * LIMIT, "a*" * (LIMIT // 2 - 1) + "b"),
            ("a " * (LIMIT // 2), "* a" * (LIMIT // 3)),
            ("\u0301\u0323" * (LIMIT // 2), "x"),
            ("ﷺ" * LIMIT, "x"),
            ("ا" * LIMIT, "a" * LIMIT),
            ("ای" * 32, "ai" * 32),
            ("\x00\ud800\ufdd0\U0010ffff", "*\ufdd0*"),
        ],
    )
    def test_it_is_over_at_once(self, typed, pattern):
        start = time.perf_counter()
        matches(typed, pattern, confusables=[pattern[:LIMIT]], others=[pattern])
        fold(typed)
        assert time.perf_counter() - start < 0.5

    def test_what_is_too_long_matches_only_a_lone_asterisk(self):
        assert matches("a" * LIMIT, "a*") is Match.WILDCARD
        assert matches("a" * (LIMIT + 1), "a*") is Match.NO
        assert matches("a" * (LIMIT + 1), "*") is Match.ANYTHING
        assert matches("a", "a" + "*" * LIMIT) is Match.NO

    def test_the_sign_for_a_wildcard_can_not_be_smuggled_in(self):
        assert matches("\ufdd0", "treaty") is Match.NO
        assert matches("anything", "\ufdd0") is Match.NO
        assert matches("treaty\ufdd0", "treaty*") is Match.WILDCARD


PIECES = st.sampled_from(
    [
        *(
            "the",
            "a",
            "an",
            "al",
            "as-s",
            "non",
            "twenty",
            "five",
            "10",
            "2²",
            "½",
            ".5",
            ",000",
            "-",
            "–",
            ".",
            "'",
            "´",
        ),
        *(
            " ",
            "%",
            "&",
            "*",
            "\\",
            "\\*",
            "é",
            "\u0301",
            "\u200c",
            "\ufdd0",
            "ß",
            "İ",
            "ﷺ",
            "ال",
            "الله",
            "حزب",
            "ك",
            "۲",
        ),
    ]
)
TEXT = st.text(max_size=40) | st.lists(PIECES | st.characters(), max_size=12).map("".join)


@given(TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_folding_ends_at_the_limit_even_where_a_character_becomes_many():
    folded = fold("ﷺ" * LIMIT)
    assert len(folded) <= LIMIT
    assert fold(folded) == folded


@pytest.mark.parametrize("plane", range(3))
def test_every_character_folds_once_and_for_all(plane):
    for number in range(plane << 16, plane + 1 << 16):
        folded = fold(f"a{chr(number)}1")
        assert fold(folded) == folded


@given(TEXT, st.lists(TEXT, max_size=3))
def test_an_accepted_answer_matches_itself_whatever_is_listed_beside_it(text, listed):
    assert matches(text, text)
    assert best(text, [Accepted(text), *(Accepted(other) for other in listed)]).credit == 1


@given(TEXT, TEXT, st.lists(TEXT, max_size=3), st.lists(TEXT, max_size=3))
def test_matching_never_raises(typed, pattern, confusables, others):
    assert matches(typed, pattern, confusables=confusables, others=others) in Match


@given(st.text("ab -'.,%éالهk", max_size=12), st.text("ab -'.,%éالهk", max_size=12), st.permutations("0123456789"))
def test_a_digit_changed_never_matches(before, after, digits):
    assert matches(f"{before}{digits[0]}{after}", f"{before}{digits[1]}{after}") is Match.NO


@given(st.sampled_from(["agreement", "Iran", "Hezbollah", "formal treaty"]), TEXT)
def test_nothing_that_can_not_be_seen_matters(key, text):
    invisible = "\u200c\u200d\u00ad\u2060\u0301\u200f"
    assert matches("".join(map("".join, zip(key, itertools.cycle(invisible)))), key) is Match.EXACT


ANSWERS = ["Hezbollah", "Hizballah", "*allah", "Kataib*", "partner", "partners", "agreement", "2021", "2012", "*"]


@given(
    st.lists(st.builds(Accepted, st.sampled_from(ANSWERS), st.sampled_from([0, 0.5, 1])), max_size=6),
    st.sampled_from([*ANSWERS, "Hizbulla", "partnes", "agreemnt", "other"]),
    st.randoms(use_true_random=False),
)
def test_the_order_of_accepted_answers_changes_nothing(accepted, typed, random):
    assert best(typed, random.sample(accepted, len(accepted))) == best(typed, accepted)
