# SPDX-License-Identifier: Apache-2.0
"""How much of a picture's detail depends on its place on the grid of a network's strides.

  stride_pattern.py PICTURE...

Detail is the absolute difference of a pixel's luminance from the mean of its 3 x 3 neighbours. For each
period p (2, 4, 8, 16 px) its mean is taken for each of the p x p places, and printed is by how much these
means vary: their standard deviation over their mean, in percent, less what chance alone gives (the same
with rows and columns shifted at random). About 0 in a photograph; a checkerboard shows at its period.
"""
import sys

import numpy as np
from PIL import Image

PERIODS = (2, 4, 8, 16)
SHUFFLES = 20


def unevenness(detail, period):
    rows, columns = (length // period for length in detail.shape)
    places = detail[:rows * period, :columns * period].reshape(rows, period, columns, period)
    means = places.mean((0, 2))
    return means.std() / means.mean()


def measure(picture):
    smooth = sum(np.roll(picture, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)) / 9
    detail = np.abs(picture - smooth)[1:-1, 1:-1]
    random = np.random.default_rng(0)
    result = {}
    for period in PERIODS:
        blocks = detail[:detail.shape[0] // period * period, :detail.shape[1] // period * period]
        tiles = blocks.reshape(blocks.shape[0] // period, period, -1, period).swapaxes(1, 2)
        chance = []
        for _ in range(SHUFFLES):
            shifts = random.integers(0, period, (*tiles.shape[:2], 2))
            shifted = np.empty_like(tiles)
            for y in range(period):
                for x in range(period):
                    chosen = (shifts[..., 0] == y) & (shifts[..., 1] == x)
                    shifted[chosen] = np.roll(tiles[chosen], (y, x), (1, 2))
            means = shifted.mean((0, 1))
            chance.append(means.std() / means.mean())
        result[period] = 100 * (unevenness(detail, period) - np.mean(chance))
    return result


def main():
    for path in sys.argv[1:]:
        values = measure(np.asarray(Image.open(path).convert("L"), np.float64))
        print(path, *(f"{period}: {value:.1f}" for period, value in values.items()))


if __name__ == "__main__":
    main()
