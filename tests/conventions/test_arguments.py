"""A bare True in a call says nothing: bool arguments are named."""

import ast

from tests.conventions.source import Function, functions, modules


def positional(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args]


def is_bool(argument: ast.arg) -> bool:
    return argument.annotation is not None and ast.unparse(argument.annotation) in {"bool", "bool | None"}


def bare_bools(function: Function) -> list[str]:
    return [argument.arg for argument in positional(function) if is_bool(argument)]


def test_bool_arguments_are_keywords():
    found = {
        f"{name}.{function.name}"
        for name, tree in modules().items()
        for function in functions(tree)
        if bare_bools(function)
    }
    assert found == set()


def test_the_search_finds_a_bare_bool():
    (function,) = functions(ast.parse("def draw(page: str, mirrored: bool = False): ..."))
    assert bare_bools(function) == ["mirrored"]
