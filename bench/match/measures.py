# SPDX-License-Identifier: Apache-2.0
"""Rank correlation, its bootstrap over photographs and paintings, and ridge regression; plain Python.

A table is a list of rows, each a dictionary with the keys photograph and painting and with numbers.
"""
import math
import random


def ranks(values):
    """Ranks from 1; equal values share the mean of theirs."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    result = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in range(start, end + 1):
            result[order[place]] = (start + end) / 2 + 1
        start = end + 1
    return result


def pearson(x, y):
    """Correlation; nan where either is constant."""
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    xx = sum((a - mean_x)**2 for a in x)
    yy = sum((b - mean_y)**2 for b in y)
    xy = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))
    return xy / math.sqrt(xx * yy) if xx > 0 and yy > 0 else math.nan


def spearman(x, y):
    return pearson(ranks(x), ranks(y))


def within(photographs, x, y):
    """Mean of the photographs' own Spearman correlations, and each of them by name."""
    each = {}
    for name in dict.fromkeys(photographs):
        chosen = [i for i, photograph in enumerate(photographs) if photograph == name]
        value = spearman([x[i] for i in chosen], [y[i] for i in chosen])
        if not math.isnan(value):
            each[name] = value
    return (sum(each.values()) / len(each) if each else math.nan), each


def bootstrap(photographs, paintings, statistic, times=2000, seed=1):
    """95 % interval of statistic(indices, names): pairs of a photograph and a painting share what is special to
    either, so photographs and paintings are drawn anew, each with replacement, and a pair counts as often as both
    were drawn (the pigeonhole bootstrap: Owen, Annals of Applied Statistics 1, 2007). `names`: the photograph of
    each index, one drawn twice being two."""
    stream = random.Random(seed)
    of = {}
    for i, pair in enumerate(zip(photographs, paintings)):
        of[pair] = i
    one, other = sorted(set(photographs)), sorted(set(paintings))
    values = []
    for _ in range(times):
        rows = stream.choices(one, k=len(one))
        columns = stream.choices(other, k=len(other))
        drawn = [(of[row, column], place) for place, row in enumerate(rows) for column in columns
                 if (row, column) in of]
        value = statistic([i for i, _ in drawn], [place for _, place in drawn])
        if not math.isnan(value):
            values.append(value)
    values.sort()
    return values[int(0.025 * len(values))], values[int(0.975 * len(values))]


def solve(matrix, right):
    """x with matrix x = right, by elimination with pivots; both are taken."""
    size = len(right)
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(matrix[row][column]))
        matrix[column], matrix[pivot] = matrix[pivot], matrix[column]
        right[column], right[pivot] = right[pivot], right[column]
        for row in range(column + 1, size):
            factor = matrix[row][column] / matrix[column][column]
            for k in range(column, size):
                matrix[row][k] -= factor * matrix[column][k]
            right[row] -= factor * right[column]
    for row in reversed(range(size)):
        right[row] = (right[row] - sum(matrix[row][k] * right[k] for k in range(row + 1, size))) / matrix[row][row]
    return right


def ridge(rows, y, strength):
    """(constant, weights) of the least squares of y on rows (lists of numbers) plus `strength` times the number of
    rows times the squared weights, each in units of its column's standard deviation."""
    count, columns = len(rows), range(len(rows[0]))
    means = [sum(row[k] for row in rows) / count for k in columns]
    deviations = [math.sqrt(sum((row[k] - means[k])**2 for row in rows) / count) or 1.0 for k in columns]
    scaled = [[(row[k] - means[k]) / deviations[k] for k in columns] for row in rows]
    mean = sum(y) / count
    matrix = [[sum(row[j] * row[k] for row in scaled) + (strength * count if j == k else 0) for k in columns]
              for j in columns]
    weights = solve(matrix, [sum(row[j] * (value - mean) for row, value in zip(scaled, y)) for j in columns])
    weights = [weight / deviation for weight, deviation in zip(weights, deviations)]
    return mean - sum(weight * m for weight, m in zip(weights, means)), weights


def foretold(model, row):
    constant, weights = model
    return constant + sum(weight * value for weight, value in zip(weights, row))


def left_out(photographs, paintings, rows, y, strength):
    """Of each pair what a fit to all pairs that share neither its photograph nor its painting foretells."""
    result = []
    for photograph, painting, row in zip(photographs, paintings, rows):
        others = [i for i in range(len(y)) if photographs[i] != photograph and paintings[i] != painting]
        model = ridge([rows[i] for i in others], [y[i] for i in others], strength)
        result.append(foretold(model, row))
    return result
