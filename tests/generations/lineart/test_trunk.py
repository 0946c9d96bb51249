import numpy as np

from generations.lineart.trunk import merge_trunk
from tests.generations.lineart.test_merge import chain


def test_only_what_nobody_could_tell_apart_merges():
    patches = merge_trunk(chain([50, 50, 90, 90], [0.1, 20, 0.1]))
    assert patches.tolist() == [0, 0, 1, 1]


def test_a_row_of_equals_becomes_one_in_several_rounds():
    assert merge_trunk(chain([50] * 9, [0.1, 0.2, 0.3, 0.1, 0.2, 0.3, 0.1, 0.2])).tolist() == [0] * 9


def test_what_is_not_important_waits_for_the_complexity_too():
    patches = merge_trunk(chain([50, 60], [2.0], importance=0.0))
    assert patches.tolist() == [0, 1]


def test_a_single_region_stays():
    assert merge_trunk(chain([50], [])).tolist() == [0]
    assert merge_trunk(chain([50], [])).dtype == np.int64
