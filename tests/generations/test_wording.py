from generations import wording
from generations.lineart.finish.judge import RASTER_PROBLEMS
from generations.lineart.gate import PROBLEMS
from generations.pictures.judge import PICTURE_PROBLEMS


def test_every_problem_that_the_gate_names_has_a_sentence():
    assert {code for code, _ in (*PROBLEMS, *RASTER_PROBLEMS)} | set(PICTURE_PROBLEMS) == set(
        wording.PROBLEMS
    )
