"""Mutation testing: small defects put into a module, one at a time; do its tests notice?

    python benchmarks/mutation.py --most 40 checker/align/lattice.py tests/align/test_lattice.py

The module is changed in a copy of the package, the tests run against the copy. Survivors are
printed with their line, to be read: either a test is missing or the change is none (an equal
result by another way).
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 300
COMPARE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
              ast.FloorDiv: ast.Mult, ast.Mod: ast.Add, ast.BitAnd: ast.BitOr,
              ast.BitOr: ast.BitAnd}  # fmt: skip


def main() -> int:
    """Prints what was killed and what survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--most", type=int, default=40, help="Mutants, drawn with a fixed seed.")
    asked = parser.parse_args()
    source = (ROOT / asked.module).read_text(encoding="utf-8")
    mutants = list(mutated(ast.parse(source)))
    drawn = sorted(random.Random(1).sample(range(len(mutants)), min(asked.most, len(mutants))))
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "checker", Path(folder) / "checker")
        target = Path(folder) / asked.module
        target.write_text(ast.unparse(ast.parse(source)), encoding="utf-8")
        if not passes(folder, asked.tests):
            print("the tests fail without any change")
            return 2
        survivors = []
        for number in drawn:
            line, what, tree = mutants[number]
            target.write_text(ast.unparse(tree), encoding="utf-8")
            if passes(folder, asked.tests):
                survivors.append((line, what))
                print(f"{asked.module}:{line}: survived: {what}", flush=True)
    killed = len(drawn) - len(survivors)
    print(f"{asked.module}: {killed} of {len(drawn)} killed ({len(mutants)} possible)")
    return 0


def passes(folder: str, tests: list[str]) -> bool:
    """True when the tests pass with the package in ``folder``."""
    environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def mutated(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Every single change: its line, what it is, and the changed module."""
    for index, node in enumerate(ast.walk(tree)):
        for what in _changes(node):
            other = copy.deepcopy(tree)
            twin = next(n for k, n in enumerate(ast.walk(other)) if k == index)
            _apply(twin)
            yield getattr(node, "lineno", 0), what, ast.fix_missing_locations(other)


def _changes(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Compare):
        known = type(node.ops[0]) in COMPARE
        return [f"{ast.unparse(node)}: {type(node.ops[0]).__name__} turned"] if known else []
    if isinstance(node, ast.BinOp):
        known = type(node.op) in ARITHMETIC
        return [f"{ast.unparse(node)}: {type(node.op).__name__} exchanged"] if known else []
    if isinstance(node, ast.Constant):
        return [f"{node.value} changed"] if isinstance(node.value, int | float) else []
    said = {
        ast.BoolOp: "and, or exchanged",
        ast.UnaryOp: "sign or not dropped",
        ast.If: "condition turned",
        ast.IfExp: "condition turned",
        ast.While: "condition turned",
        ast.Break: "left out",
        ast.Continue: "left out",
    }.get(type(node))
    if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not | ast.USub):
        return []
    return [f"{ast.unparse(node).splitlines()[0]}: {said}"] if said else []


def _apply(node: ast.AST) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = COMPARE[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp):
        node.op = ARITHMETIC[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else node.op
        if isinstance(node.op, ast.Not):
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Constant):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    else:
        node.__class__ = ast.Pass


if __name__ == "__main__":
    sys.exit(main())
