"""Mutation testing: small defects put into a module, one at a time; do its tests notice?

    python benchmarks/mutation.py --most 40 checker/align/lattice.py tests/align/test_lattice.py

Each change is made in a forked process only. Survivors are printed with their line, to be read:
either a test is missing or the change is none (an equal result by another way).
"""

from __future__ import annotations

import argparse
import ast
import copy
import functools
import importlib
import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 120
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
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    tree = ast.parse((ROOT / asked.module).read_text(encoding="utf-8"))
    mutants = list(mutated(tree))
    drawn = sorted(random.Random(1).sample(range(len(mutants)), min(asked.most, len(mutants))))
    name = ".".join(asked.module.with_suffix("").parts)
    prepare(name)
    if not passes(name, tree, asked.tests):
        print("the tests fail without any change")
        return 2
    killed = 0
    for number in drawn:
        line, what, changed = mutants[number]
        if passes(name, changed, asked.tests):
            print(f"{asked.module}:{line}: survived: {what}", flush=True)
        else:
            killed += 1
    print(f"{asked.module}: {killed} of {len(drawn)} killed ({len(mutants)} possible)")
    return 0


def prepare(name: str) -> None:
    """Loads once what every run needs: the package, the model, the module itself."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    import checker.checks
    import checker.embed
    import checker.pipeline
    from checker.settings import BUNDLED_MODEL

    checker.embed.load = checker.pipeline.load = functools.cache(checker.embed.load)
    checker.embed.load(BUNDLED_MODEL)
    checker.checks.available()
    importlib.import_module(name)


def passes(name: str, tree: ast.Module, tests: list[str]) -> bool:
    """True when the tests pass with the module as ``tree`` says, in a process of its own."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = _tested(name, tree, tests)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return status == 0


def _tested(name: str, tree: ast.Module, tests: list[str]) -> int:
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    signal.alarm(SECONDS)
    from checker.registry import discover

    module = sys.modules[name]
    exec(compile(tree, str(module.__file__), "exec"), module.__dict__)
    discover.cache_clear()
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:warnings", "--rootdir", str(ROOT)]
    code = pytest.main([*options, "-c", str(ROOT / "pyproject.toml"), *tests])
    return 0 if code == 0 else 1


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
