"""Who may call whom: views, API, admin, tasks and commands -> actions -> models, and never back."""

import ast
import re

import pytest

from tests.conventions.source import imports, modules

# Modules that match the first pattern import nothing that matches the second.
FORBIDDEN = {
    "the ledger knows nothing of pictures": (r"^credits\b", r"^generations\b"),
    "accounts know nothing of pictures but their actions": (
        r"^accounts\b",
        r"^generations\.(?!actions\b|visitors\b)",
    ),
    "line art is pure": (r"^generations\.lineart\b", r"^(django|ninja|accounts|credits|config)\b"),
    "line art knows only itself and faces": (
        r"^generations\.lineart\b",
        r"^generations\.(?!lineart\b|faces\b)",
    ),
    "faces know only themselves": (
        r"^generations\.faces\b",
        r"^(django|ninja|accounts|credits|config)\b|^generations\.(?!faces\b)",
    ),
    "scenes are pure": (r"^generations\.scenes\b", r"^(django|ninja|accounts|credits|config)\b"),
    "scenes know only line art": (r"^generations\.scenes\b", r"^generations\.(?!lineart\b|scenes\b)"),
    "pictures are pure": (
        r"^generations\.pictures\b",
        r"^(django|ninja|accounts|credits|config)\b|^generations\.(?!pictures\b)",
    ),
    "providers know no database and no settings": (
        r"^generations\.providers\b",
        r"^(django|ninja|accounts|credits|config)\b|^generations\.(models|storage|actions)\b",
    ),
    "photos are decoded without Django": (
        r"^generations\.uploads\.(child|confine|decode|errors|formats|frame|limits|pixels|people|slots|traces)$",
        r"^(django|ninja|accounts|credits|config)\b|^generations\.(?!uploads\b|faces\b)",
    ),
    "only providers and what fetches for us call other machines": (
        r"^(?!generations\.(outgoing|providers)\b)",
        r"^(requests|httpx2?|aiohttp|urllib\.request|urllib3)\b",
    ),
    "what is fetched is told by values alone": (
        r"^generations\.outgoing\b(?!\.configured)",
        r"^(django|ninja|accounts|credits|config)\b|^generations\.(?!outgoing\b)",
    ),
    "models call no verbs": (
        r"^(accounts|credits)\.models$|^generations\.models\b",
        r"\.(actions|views|api|admin|forms|storage)\b",
    ),
    "verbs know no pages": (
        r"\.actions\b",
        r"\.(views|api|admin|forms|urls|schemas)\b|^ninja\b|^config\.api",
    ),
    "nothing but addresses calls a page": (
        r"^(?!.*\.(urls|views)\b)",
        r"^(accounts|credits|generations)\.views\b",
    ),
    "nothing but its mount calls the API": (
        r"^(?!config\.(api|urls)$)(?!accounts\.api$|credits\.api$|generations\.api\b)",
        r"^(accounts|credits|generations)\.api\b|^config\.api$",
    ),
    "nothing calls the admin": (r"^(?!.*\.admin\b)", r"^(accounts|credits|generations)\.admin\b"),
}


def offenders(importers: str, imported: str) -> set[str]:
    return {
        f"{name} imports {target}"
        for name, tree in modules().items()
        if re.search(importers, name)
        for target in imports(tree)
        if re.search(imported, target)
    }


@pytest.mark.parametrize(("importers", "imported"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_nobody_calls_back(importers: str, imported: str):
    assert offenders(importers, imported) == set()


def test_every_rule_is_about_somebody():
    idle = [
        rule
        for rule, (importers, _) in FORBIDDEN.items()
        if not any(re.search(importers, m) for m in modules())
    ]
    assert idle == []


def test_imports_for_types_do_not_count():
    tree = ast.parse("if TYPE_CHECKING:\n    import a\nfrom b import c\ndef f():\n    import d")
    assert imports(tree) == {"b", "b.c", "d"}
