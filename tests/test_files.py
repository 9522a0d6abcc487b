"""A file is there whole, or as it was before."""

import pytest

from helpers.files import replacing, write_whole


def test_a_file_is_written_as_it_is_given_and_left_alone_when_it_says_so_already(tmp_path):
    path = tmp_path / "ny" / "æble.txt"
    write_whole(path, "blå\n")
    before = path.stat()
    write_whole(path, "blå\n".encode())
    assert (
        path.read_bytes() == b"bl\xc3\xa5\n"
        and path.stat().st_ino == before.st_ino
        and before.st_mode & 0o777 == 0o644
    )
    write_whole(path, b"\x00")
    assert path.read_bytes() == b"\x00" and list(path.parent.iterdir()) == [path]


def test_work_that_fails_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path):
    path = tmp_path / "fil"
    path.write_text("før")
    with pytest.raises(RuntimeError), replacing(path) as unfinished:
        unfinished.write_text("halv")
        assert path.read_text() == "før"
        raise RuntimeError
    assert path.read_text() == "før" and list(tmp_path.iterdir()) == [path]
