from generations import wording
from generations.lineart.finish.judge import RASTER_PROBLEMS
from generations.lineart.gate import PROBLEMS


def test_every_problem_that_the_gate_names_has_a_sentence():
    assert {code for code, _ in (*PROBLEMS, *RASTER_PROBLEMS)} == set(wording.PROBLEMS)
