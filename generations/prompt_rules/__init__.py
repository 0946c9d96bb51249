"""Which typed words do not belong on a page for children: a short list that anybody can read and edit."""

from generations.prompt_rules.reading import Rules, rules_in

__all__ = ["Rules", "rules_in"]
