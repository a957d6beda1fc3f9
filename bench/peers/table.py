# SPDX-License-Identifier: Apache-2.0
"""Rows of dictionaries as aligned text."""


def number(value, digits=4):
    return "-" if value is None else f"{value:.{digits}f}"


def mebibytes(value):
    return "-" if value is None else f"{value / 2**20:.0f}"


def aligned(header, rows):
    """Columns as wide as their widest cell; words to the left, figures to the right."""
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    figures = [all(row[i][:1].isdigit() or row[i] == "-" for row in rows) for i in range(len(header))]

    def line(row):
        cells = (c.rjust(w) if f else c.ljust(w) for c, w, f in zip(row, widths, figures))
        return "  ".join(cells).rstrip()

    return "\n".join([line(header), line(["-" * w for w in widths]), *map(line, rows)])


def results_table(rows):
    """One line a picture: what it took, and its score."""
    header = ["px", "loss", "pair", "picture", "steps", "s/step", "MiB", "content", "gram", "wasserst.", "tv",
              "total gram", "total wass."]
    return aligned(header, [
        [str(row["size"]), row["loss"], row["pair"], row["program"], str(row.get("iterations") or "-"),
         number(row.get("seconds_per_iteration"), 3), mebibytes(row.get("peak_rss_bytes")),
         *(number(row["score"][term]) for term in ("content", "gram", "wasserstein", "tv")),
         *(number(row["score"]["total"][term]) for term in ("gram", "wasserstein"))] for row in rows])


def wins_table(wins):
    """In how many cases Atelier's total is the lower one."""
    header = ["Atelier below", "by total gram", "by total wasserstein"]
    return aligned(header, [[rival, *(f"{count[term]} of {count['cases']}" for term in ("gram", "wasserstein"))]
                            for rival, count in wins.items()])


def speed_table(rows):
    """The quick mode's medians."""
    header = ["program", "s/step, median", "fastest", "slowest", "peak MiB", "against Atelier"]
    return aligned(header, [
        [row["program"], number(row["seconds_per_iteration"], 3), number(min(row["rounds"]), 3),
         number(max(row["rounds"]), 3), mebibytes(row["peak_rss_bytes"]),
         f"{row['against_atelier']:.2f} x"] for row in rows])


def engine_table(rows):
    """The medians of the network alone."""
    header = ["forward + backward", "s, median", "fastest", "slowest", "against Atelier"]
    return aligned(header, [
        [row["program"], number(row["seconds"], 3), number(min(row["rounds"]), 3), number(max(row["rounds"]), 3),
         f"{row['against_atelier']:.2f} x"] for row in rows])


def curves_table(curves, levels):
    """When each program reached what, and where it ended."""
    header = ["pair", "program", *(f"s to W2 {level:g}" for level in levels), "s to plain's total", "s at end",
              "content", "wasserst.", "total wass."]
    return aligned(header, [
        [curve["pair"], curve["program"],
         *(number(curve["seconds_to_wasserstein"][f"{level:g}"], 1) for level in levels),
         number(curve["seconds_to_plain_total"], 1), number(curve["points"][-1]["seconds"], 1),
         *(number(curve["points"][-1][term]) for term in ("content", "wasserstein", "total"))] for curve in curves])


def references_table(references):
    """Finished pictures of other programs."""
    header = ["pair", "picture", "content", "wasserst.", "total wass."]
    return aligned(header, [[reference["pair"], reference["label"],
                             *(number(reference[term]) for term in ("content", "wasserstein", "total"))]
                            for reference in references])
