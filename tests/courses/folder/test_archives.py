"""Course folders as zip archives: packed the same each time, and unpacked only where nothing about them is odd."""

import io
import stat
import struct
import tempfile
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.folder import archives
from courses.folder.archives import opened, pack, unpack
from courses.folder.faults import Refused
from ui.archives import ARCHIVES

TEXTS = {"course.yaml": "title: Rivers\n", "lessons/01-springs.md": "---\ntitle: چشمه\n---\n"}
BYTES = {name: text.encode() for name, text in TEXTS.items()}


def entry(name, **fields):
    info = zipfile.ZipInfo("x")
    info.filename = name  # the constructor would cut and change it
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def zipped(*entries, compression=zipfile.ZIP_DEFLATED, marker=True) -> bytes:
    """An archive of (name or ZipInfo, content), and of a course.yaml unless told otherwise."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in ([("rivers/course.yaml", b"title: Rivers\n")] if marker else []) + list(entries):
            archive.writestr(name, content)
    return packed.getvalue()


def refusal(archive: bytes, name: str = "rivers.zip") -> str:
    with pytest.raises(Refused) as refused:
        unpack(archive, name=name)
    return str(refused.value)


def test_what_was_packed_comes_out_again():
    unpacked = unpack(pack("rivers", TEXTS), name="anything.zip")
    assert (unpacked.folder, unpacked.files) == ("rivers", BYTES)


def test_the_same_texts_give_the_same_bytes_whatever_their_order():
    assert pack("rivers", TEXTS) == pack("rivers", dict(reversed(TEXTS.items())))
    with zipfile.ZipFile(io.BytesIO(pack("rivers", TEXTS))) as archive:
        assert archive.namelist() == ["rivers/course.yaml", "rivers/lessons/01-springs.md"]
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_where_the_files_lie_at_the_top_the_archive_names_the_folder():
    unpacked = unpack(zipped(*BYTES.items(), marker=False), name="rivers.zip")
    assert (unpacked.folder, unpacked.files) == ("rivers", BYTES)


def test_what_file_managers_add_is_passed_over():
    clutter = ["__MACOSX/rivers/._course.yaml", "rivers/.DS_Store", "rivers/lessons/.01.md.swp", ".DS_Store"]
    unpacked = unpack(zipped(*((name, b"?") for name in clutter), (entry("rivers/lessons/"), b"")), name="a.zip")
    assert (unpacked.folder, list(unpacked.files)) == ("rivers", ["course.yaml"])


def test_the_folder_lies_on_disk_for_as_long_as_it_is_looked_at():
    with opened(unpack(pack("rivers", TEXTS), name="a.zip")) as folder:
        assert folder.name == "rivers"
        written = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        assert written == BYTES
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../evil.yaml", "leads out of the folder"),
        ("rivers/../../evil.yaml", "leads out of the folder"),
        ("rivers/lessons/..", "leads out of the folder"),
        ("/etc/cron.d/evil", "starts at the root"),
        ("//server/share/evil", "starts at the root"),
        ("C:/evil.yaml", "a backslash or a colon"),
        ("rivers/course.yaml:stream", "a backslash or a colon"),
        ("rivers\\..\\evil.yaml", "a backslash or a colon"),
        ("..\\evil.yaml", "a backslash or a colon"),
        ("rivers//evil.yaml", "an empty part"),
        ("rivers/./evil.yaml", "an empty part"),
        ("rivers/evil.yaml\0.md", "can not be seen"),
        ("rivers/evil\n.yaml", "can not be seen"),
        ("rivers/evil\u202elmay.exe", "can not be seen"),
        ("rivers/" + "a/" * 5 + "evil.yaml", "too deep"),
        ("rivers/" + "a" * 200 + ".yaml", "too long"),
        ("rivers/" + "ü" * 100 + ".yaml", "too long"),
    ],
)
def test_an_odd_name_is_refused(name, message):
    assert message in refusal(zipped((entry(name), b"evil")))


@pytest.mark.parametrize(
    "mode",
    [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR],
    ids=["link", "pipe", "character device", "block device", "socket", "folder with a file's name"],
)
@pytest.mark.parametrize("system", [0, 3], ids=["DOS", "Unix"])
def test_a_link_or_special_file_is_refused(mode, system):
    link = entry("rivers/sources.yaml", create_system=system, external_attr=(mode | 0o777) << 16)
    assert "rivers/sources.yaml: It is a link or a special file." in refusal(zipped((link, b"/etc/passwd")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["rivers/course.yaml", "rivers/COURSE.yaml", "Rivers/course.yaml"])
def test_two_of_one_name_are_refused(twin):
    assert "There is another one of this name." in refusal(zipped((twin, b"title: Other\n")))


def test_two_of_one_name_in_other_letters_are_refused():
    twins = [("rivers/stra\u00dfe.md", b"1"), ("rivers/STRASSE.md", b"2")]
    assert "There is another one of this name." in refusal(zipped(*twins))
    accents = [("rivers/\u00e9.md", b"1"), ("rivers/e\u0301.md", b"2")]
    assert "There is another one of this name." in refusal(zipped(*accents))


def test_a_file_that_would_have_to_be_a_folder_too_is_refused():
    clash = [("rivers/lessons", b"text"), ("rivers/lessons/01-a.md", b"text")]
    assert "There is a folder of this name too." in refusal(zipped(*clash))


def encrypted(archive: bytes) -> bytes:
    """With the flag that says so, in both places where it stands."""
    changed = bytearray(archive)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.index(signature) + at] |= 1
    return bytes(changed)


def test_what_is_encrypted_is_refused():
    assert "Make the archive without a password." in refusal(encrypted(zipped()))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_compressions_that_can_be_read_bit_by_bit_are_taken(compression):
    assert "compressed in an unusual way" in refusal(zipped(compression=compression))


@pytest.mark.parametrize("name", ["more.zip", "more.tar", "more.tar.gz", "MORE.TGZ", "more.7z", "more.rar", "more.xz"])
def test_an_archive_in_the_archive_is_refused_by_its_name(name):
    assert "It is an archive itself." in refusal(zipped((f"rivers/{name}", b"text")))


@pytest.mark.parametrize("start", ARCHIVES)
def test_an_archive_in_the_archive_is_refused_by_what_is_in_it(start):
    assert "rivers/notes.yaml: It is an archive itself." in refusal(zipped(("rivers/notes.yaml", start + b"more")))


def test_thousands_of_files_are_refused():
    many = [(f"rivers/{number}.md", b"") for number in range(archives.MOST_FILES)]
    assert "It holds more than 2000 files." in refusal(zipped(*many))
    assert len(unpack(zipped(*many[:-1]), name="a.zip").files) == archives.MOST_FILES


def test_a_bomb_is_refused_by_what_it_declares():
    assert "sources.yaml: It is larger than 5 MB." in refusal(zipped(("rivers/sources.yaml", bytes(5_000_001))))
    parts = [(f"rivers/{number}.md", bytes(4_500_000)) for number in range(5)]
    assert "Unpacked it would be larger than 20 MB." in refusal(zipped(*parts))


def test_a_bomb_below_these_limits_is_refused_by_its_ratio():
    parts = [(f"rivers/{number}.md", bytes(4_000_000)) for number in range(4)]
    assert "more than 100 times as large" in refusal(zipped(*parts))
    assert len(unpack(zipped(("rivers/0.md", bytes(900_000))), name="a.zip").files) == 2


def with_size(archive: bytes, size: int) -> bytes:
    """With another size declared for its last file, in both places where it stands."""
    changed = bytearray(archive)
    struct.pack_into("<I", changed, changed.rindex(b"PK\x03\x04") + 22, size)
    struct.pack_into("<I", changed, changed.rindex(b"PK\x01\x02") + 24, size)
    return bytes(changed)


@pytest.mark.parametrize("declared", [0, 10, 999, 1001, 4_000_000])
def test_an_archive_that_lies_about_sizes_is_refused(declared):
    assert refusal(with_size(zipped(("rivers/notes.md", b"x" * 1000)), declared))


def test_a_bomb_that_declares_to_be_small_is_not_unpacked_further():
    """Its checksum is that of the part, so that only what was read gives it away."""
    part, whole = b"\0" * 10, b"\0" * 30_000_000
    changed = bytearray(with_size(zipped(("rivers/notes.md", whole)), len(part)))
    for signature, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        struct.pack_into("<I", changed, changed.rindex(signature) + at, zlib.crc32(part))
    assert unpack(bytes(changed), name="a.zip").files["notes.md"] == part


def test_sizes_in_the_64_bit_extension_are_trusted_as_little():
    """The header says: see the extension; which says 8 bytes, or 16 exabytes, of what has 1000."""
    for size in (8, 2**64 - 1):
        extra = struct.pack("<HHQ", 1, 8, size)
        archive = zipped((entry("rivers/notes.md", extra=extra), b"x" * 1000))
        changed = bytearray(archive)
        struct.pack_into("<I", changed, changed.rindex(b"PK\x01\x02") + 24, 0xFFFFFFFF)
        assert refusal(bytes(changed))


def test_entries_that_share_one_body_count_each_time():
    """As in a bomb of overlapping entries: each name leads to the same compressed bytes."""
    archive = bytearray(zipped((entry("rivers/a.md"), bytes(3_000_000)), (entry("rivers/b.md"), b"")))
    last = archive.rindex(b"PK\x01\x02")
    first = archive.rindex(b"PK\x01\x02", 0, last)
    archive[last + 10 : last + 28] = archive[first + 10 : first + 28]
    archive[last + 42 : last + 46] = archive[first + 42 : first + 46]
    assert refusal(bytes(archive))


@pytest.mark.parametrize(
    "content", [b"", b"title: Rivers\n", b"PK", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\x1f\x8b" + bytes(40)]
)
def test_what_is_no_zip_archive_is_refused(content):
    assert refusal(content)


def test_a_larger_archive_is_not_even_looked_at():
    assert "larger than 20 MB" in refusal(b"PK\x03\x04" + bytes(archives.LARGEST))


def test_a_cut_archive_is_refused():
    whole = zipped(("rivers/notes.md", b"text" * 100))
    for end in range(0, len(whole) - 1, 7):
        assert refusal(whole[:end])


def test_names_in_another_code_than_utf_8_are_refused():
    plain = zipped((entry("rivers/caf_.md"), b"text"))
    assert "It is not UTF-8." in refusal(plain.replace(b"caf_", b"caf\xe9")).replace("Its name", "It")
    flagged = bytearray(zipped((entry("rivers/caf\u00e9.md"), b"text")).replace("é".encode(), b"\xff\xfe"))
    assert "not UTF-8" in refusal(bytes(flagged))


@pytest.mark.parametrize(
    "entries",
    [
        [("rivers/notes.md", b"text")],
        [("a/course.yaml", b"title: A\n"), ("b/course.yaml", b"title: B\n")],
        [("courses/rivers/course.yaml", b"title: A\n")],
        [("rivers/course.yaml/", b"")],
    ],
)
def test_there_must_be_one_course(entries):
    assert "There is no course.yaml" in refusal(zipped(*entries, marker=False))


@pytest.mark.parametrize("name", ["Rivers (1).zip", "..", "...zip", "", "rivers and hills.zip", "a" * 61 + ".zip"])
def test_the_folder_bears_a_slug(name):
    assert "slug of its course" in refusal(zipped(("course.yaml", b"title: A\n"), marker=False), name=name)


def test_all_faults_are_told_at_once():
    message = refusal(zipped((entry("../a.yaml"), b""), (entry("/b.yaml"), b""), ("rivers/c.zip", b"")))
    assert message.count("\n") == 2


def test_a_refused_archive_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "inside"))
    (tmp_path / "inside").mkdir()
    for name in ("../evil.yaml", "/evil.yaml", "rivers\\evil.yaml"):
        with pytest.raises(Refused), opened(unpack(zipped((entry(name), b"evil")), name="a.zip")):
            pass
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == ["inside"]


WHOLE = zipped(("rivers/lessons/01-springs.md", b"Water. " * 50))


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6))
def test_a_damaged_archive_is_refused_in_words_or_gives_plain_files(changes):
    damaged = bytearray(WHOLE)
    for place, value in changes:
        damaged[place] = value
    try:
        found = list(unpack(bytes(damaged), name="rivers.zip").files)
    except Refused:
        found = []
    assert all(".." not in name and not name.startswith("/") for name in found)
