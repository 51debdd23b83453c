"""Sources that were made to do harm, or were cut off: one sentence, nothing written, nothing disturbed."""

import io
import os
import stat
import tarfile
import zipfile
from itertools import count
from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.packs.importing import archives
from bot.packs.importing.archives import unpacked
from bot.packs.importing.drafts import Fault
from bot.packs.importing.held import Options
from bot.packs.importing.opening import opened
from bot.packs.importing.running import run
from bot.packs.importing.saving import import_into
from bot.packs.importing.sources import SetAside, SourceFile
from tests.packs.importing.test_identity import LOOP, page
from tests.packs.samples import TODAY

OPTIONS = Options("climbing", TODAY)
PAGE = page(LOOP).data


def silent(_done: int, _every: int, _path: str) -> None:
    """Show no progress."""


def zipped(**files: bytes) -> bytes:
    """Return a .zip of files; a double underscore is a slash."""
    return zip_of({name.replace("__", "/"): data for name, data in files.items()})


def zip_of(files: dict[str, bytes]) -> bytes:
    """Return a .zip of files by their exact names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tar_of(*entries: tuple[tarfile.TarInfo, bytes], mode: str = "w:gz") -> bytes:
    """Return a .tar of entries with their contents."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for entry, data in entries:
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def entry(name: str, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    """Return the head of a file in a .tar."""
    found = tarfile.TarInfo(name)
    found.type = kind
    found.linkname = "/etc/passwd" if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
    return found


def link_zip() -> bytes:
    """Return a .zip with a symbolic link in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.md")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def locked_zip() -> bytes:
    """Return a .zip that says it is encrypted."""
    data = bytearray(zipped(a=PAGE))
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    "data,said",
    [
        (zip_of({"../evil.md": PAGE}), "leads out of the archive"),
        (zip_of({"/etc/evil.md": PAGE}), "leads out of the archive"),
        (zip_of({"a\\..\\..\\evil.md": PAGE}), "leads out of the archive"),
        (zip_of({"C:/evil.md": PAGE}), "leads out of the archive"),
        (link_zip(), "is a link"),
        (locked_zip(), "locked with a password"),
        (zip_of({"bomb.md": b"\0" * 20_000_000}), "far more than it is"),
        (zipped(a=PAGE)[:-30], "broken or was cut off"),
        (zipped(a=PAGE)[:60], "broken or was cut off"),
        (tar_of((entry("../evil.md"), PAGE)), "leads out of the archive"),
        (tar_of((entry("link.md", tarfile.SYMTYPE), b"")), "is a link or a device"),
        (tar_of((entry("hard.md", tarfile.LNKTYPE), b"")), "is a link or a device"),
        (tar_of((entry("pipe", tarfile.FIFOTYPE), b"")), "is a link or a device"),
        (tar_of((entry("a.md"), PAGE))[:-20], "broken or was cut off"),
        (b"\x1f\x8b" + b"no gzip at all", "broken or was cut off"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 20, "is a 7z archive"),
    ],
    ids=count(),
)
def test_an_archive_that_is_not_safe_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, said: str
) -> None:
    """Also when a good page stands beside it: an import is one transaction."""
    (tmp_path / "bad.zip").write_bytes(data)
    (tmp_path / "good.md").write_bytes(PAGE)
    folder = tmp_path / "packs" / "climbing"

    with pytest.raises(ContentError) as refused:
        import_into(folder, [tmp_path / "good.md", tmp_path / "bad.zip"], OPTIONS, silent, dry=False)

    assert said in str(refused.value)
    assert str(refused.value).count("\n") == 0
    assert not folder.parent.exists()


def test_a_bomb_of_many_layers_stops_at_the_limit() -> None:
    """A tar that says little and unpacks to much is not unpacked further than the limit."""
    bomb = tar_of((entry("zeros"), b"\0" * (archives.LARGEST_UNPACKED + 10)))

    with pytest.raises(ContentError, match="would unpack to over 200 MB"):
        unpacked(SourceFile("bomb.tar.gz", bomb))


def test_many_small_files_are_refused() -> None:
    """A hundred thousand empty pages are no study material."""
    many = zip_of({f"{number}.md": b"" for number in range(archives.MOST_FILES + 1)})

    with pytest.raises(ContentError, match="over 10,000 files"):
        unpacked(SourceFile("many.zip", many))


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    """A sparse file of 200 MB takes no time and no memory."""
    huge = tmp_path / "huge.md"
    with huge.open("wb") as file:
        file.truncate(200_000_000)

    with pytest.raises(ContentError, match="200 MB"):
        opened([huge])


def test_a_device_is_no_source(tmp_path: Path) -> None:
    """A named pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe.md")

    with pytest.raises(ContentError, match="no ordinary file"):
        opened([tmp_path])


def test_another_encoding_is_refused_with_the_way_to_mend_it() -> None:
    """A page in Latin-1 would lose its accents silently."""
    with pytest.raises(ContentError, match=r"knots\.md is not UTF-8 text"):
        run([SourceFile("knots.md", PAGE + "é".encode("latin-1"))], None, OPTIONS)


def test_utf_16_with_a_mark_and_windows_line_ends_are_read() -> None:
    """What Windows editors save is text as well."""
    text = PAGE.decode().replace("\n", "\r\n")
    imported = run([SourceFile("knots.md", b"\xff\xfe" + text.encode("utf-16-le"))], None, OPTIONS)

    assert imported.report.totals["questions"] == 1


def test_a_good_archive_is_a_folder_and_one_inside_is_reported() -> None:
    """Pictures and hidden files stay out; an inner archive is named, and the rest goes in."""
    names = ("course/knots.md", "course/x.png", "__MACOSX/knots.md", ".git/knots.md")
    data = zip_of(dict.fromkeys(names, PAGE))
    inner = zip_of({"more.zip": zipped(a=PAGE), "knots.md": PAGE})
    one = run([SourceFile("course.zip", data)], None, OPTIONS).report
    two = run([SourceFile("outer.zip", inner)], None, OPTIONS).report

    assert [file.path for file in one.files if file.counts.get("questions")] == ["course.zip/course/knots.md"]
    assert "course.zip/course/x.png" in {file.path for file in one.files}
    assert [p.fault for file in two.files for p in file.problems] == [Fault.NOT_SUPPORTED]
    assert two.totals["questions"] == 1


def test_a_tar_is_read_like_a_zip() -> None:
    """Packed in any of the usual ways."""
    for mode in ("w:gz", "w:bz2", "w:xz", "w:"):
        data = tar_of((entry("course/knots.md"), PAGE), mode=mode)
        report = run([SourceFile("course.tar", data)], None, OPTIONS).report
        assert report.totals["questions"] == 1, mode


def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    """A shared folder cannot be made to give away what stands beside it."""
    (tmp_path / "secret.md").write_bytes(PAGE)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "pages/round").symlink_to(tmp_path / "pages")

    (only,) = opened([tmp_path / "pages"])

    assert isinstance(only, SetAside)
    assert only.data == b""


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """By as much of their folders as it takes, and one file is read once."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "quiz.md").write_bytes(PAGE)

    found = opened([tmp_path / "a/quiz.md", tmp_path / "b/quiz.md", tmp_path / "a"])

    assert [one.path for one in found] == ["a/quiz.md", "b/quiz.md"]
