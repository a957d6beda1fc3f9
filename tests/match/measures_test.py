#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""measures_test.py FOLDER: tests the measures.py in that folder with answers known by arithmetic."""
import math
import random
import sys
import unittest

sys.path.insert(0, sys.argv.pop(1))
import measures  # noqa: E402


class Ranks(unittest.TestCase):
    def test_ties_share_their_mean(self):
        self.assertEqual(measures.ranks([30, 10, 20, 10]), [4, 1.5, 3, 1.5])

    def test_spearman_knows_order_alone(self):
        x = [1, 2, 3, 4, 5]
        self.assertAlmostEqual(measures.spearman(x, [math.exp(v) for v in x]), 1)
        self.assertAlmostEqual(measures.spearman(x, [-v**3 for v in x]), -1)
        # 1 - 6 sum d^2 / (n (n^2 - 1)) with d = 0, 0, 0, 1, -1
        self.assertAlmostEqual(measures.spearman(x, [1, 2, 3, 5, 4]), 0.9)

    def test_a_constant_has_none(self):
        self.assertTrue(math.isnan(measures.spearman([1, 2, 3], [5, 5, 5])))

    def test_within_is_the_mean_over_photographs(self):
        mean, each = measures.within(["a"] * 3 + ["b"] * 3, [1, 2, 3, 1, 2, 3], [1, 2, 3, 30, 20, 10])
        self.assertAlmostEqual(mean, 0)
        self.assertAlmostEqual(each["a"], 1)
        self.assertAlmostEqual(each["b"], -1)


class Fits(unittest.TestCase):
    def test_solve(self):
        self.assertEqual([round(v, 12) for v in measures.solve([[0, 2, 1], [1, 1, 1], [2, 0, -1]], [7, 6, -1])], [1, 2, 3])

    def test_ridge_without_strength_finds_the_line(self):
        stream = random.Random(3)
        rows = [[stream.gauss(0, 1), stream.gauss(5, 3)] for _ in range(30)]
        constant, weights = measures.ridge(rows, [7 + 2 * a - 0.5 * b for a, b in rows], 0)
        self.assertAlmostEqual(constant, 7)
        self.assertAlmostEqual(weights[0], 2)
        self.assertAlmostEqual(weights[1], -0.5)

    def test_strength_one_halves_a_single_weight(self):
        constant, weights = measures.ridge([[-1.0], [1.0]], [-3, 5], 1)
        self.assertAlmostEqual(weights[0], 2)  # 4 without
        self.assertAlmostEqual(constant, 1)

    def test_left_out_sees_neither_the_photograph_nor_the_painting(self):
        photographs, paintings = zip(*[(p, s) for p in "abc" for s in "xyz"])
        rows = [[float(i % 5)] for i in range(9)]
        y = [1.0] * 9
        for i, pair in enumerate(zip(photographs, paintings)):
            if pair[0] == "a" or pair[1] == "x":
                y[i] = 1000.0  # must not be seen by the pair (a, x)
        self.assertAlmostEqual(measures.left_out(photographs, paintings, rows, y, 0.01)[0], 1)
        self.assertGreater(measures.left_out(photographs, paintings, rows, y, 0.01)[4], 1)


class Bootstrap(unittest.TestCase):
    def setUp(self):
        self.photographs, self.paintings = zip(*[(p, s) for p in range(9) for s in range(21)])

    def test_holds_a_correlation_that_is_certain(self):
        x = list(range(189))
        low, high = measures.bootstrap(self.photographs, self.paintings,
                                       lambda chosen, _: measures.spearman([x[i] for i in chosen], [x[i] for i in chosen]),
                                       times=50)
        self.assertAlmostEqual(low, 1)
        self.assertAlmostEqual(high, 1)

    def test_is_wide_where_all_comes_from_the_photographs(self):
        # Values that photographs share have nine independent draws, not 189.
        stream = random.Random(5)
        of = [stream.gauss(0, 1) for _ in range(9)]
        values = [of[p] for p in self.photographs]
        mean = lambda chosen, _: sum(values[i] for i in chosen) / len(chosen)
        low, high = measures.bootstrap(self.photographs, self.paintings, mean, times=400)
        deviation = math.sqrt(sum((v - sum(of) / 9)**2 for v in of) / 9)
        self.assertAlmostEqual((high - low) / (2 * 1.96 * deviation / 3), 1, delta=0.2)

    def test_is_the_same_for_the_same_seed(self):
        mean = lambda chosen, _: sum(chosen) / len(chosen)
        self.assertEqual(*(measures.bootstrap(self.photographs, self.paintings, mean, times=20) for _ in range(2)))


if __name__ == "__main__":
    unittest.main()
