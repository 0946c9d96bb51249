"""Files and functions that fit on a screen."""

from tests.conventions.source import functions, modules, paths

MOST_LINES_A_FILE = 400
MOST_LINES_A_FUNCTION = 60
USUAL_LINES_A_FUNCTION = 35  # nine functions of ten


def function_lengths() -> dict[str, int]:
    return {
        f"{name}.{function.name}:{function.lineno}": (function.end_lineno or 0) - function.lineno + 1
        for name, tree in modules().items()
        for function in functions(tree)
    }


def test_files_are_short():
    lengths = {path: len(path.read_text().splitlines()) for path in paths()}
    assert {path for path, lines in lengths.items() if lines > MOST_LINES_A_FILE} == set()


def test_functions_are_short():
    assert {name for name, lines in function_lengths().items() if lines > MOST_LINES_A_FUNCTION} == set()


def test_nine_functions_of_ten_are_very_short():
    lengths = sorted(function_lengths().values())
    assert lengths[len(lengths) * 9 // 10] <= USUAL_LINES_A_FUNCTION
