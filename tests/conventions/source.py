"""The project's own Python files as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
ROOMS = ("config", "accounts", "credits", "generations")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, ast.Module]:
    """Dotted name -> syntax tree of every module of ours but the migrations."""
    return {dotted(path): ast.parse(path.read_text()) for path in paths()}


def paths() -> list[Path]:
    files = [path for room in ROOMS for path in (TOP / room).rglob("*.py")]
    return sorted(path for path in [*files, TOP / "run.py"] if "migrations" not in path.parts)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__")


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def imports(tree: ast.Module) -> set[str]:
    """Every module and name that is imported anywhere in a module, as dotted words, but those for types only."""
    found: set[str] = set()
    for node in _run_time_nodes(tree):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def _run_time_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes below, without the body of `if TYPE_CHECKING:`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield child
        yield from _run_time_nodes(child)
