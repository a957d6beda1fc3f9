# SPDX-License-Identifier: Apache-2.0
"""A scatter plot of foretold against reached, each photograph with its own mark, written as SVG by hand."""
import html

EDGE, LEFT, TOP, RIGHT, BOTTOM = 460, 70, 70, 190, 60
# Okabe and Ito's palette, told apart by every eye; marks tell the rest.
COLOURS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555")
SHAPES = ("circle", "square", "triangle")


def mark(shape, x, y, colour):
    style = f'fill="{colour}" fill-opacity="0.75" stroke="white" stroke-width="0.7"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.2" {style}/>'
    if shape == "square":
        return f'<rect x="{x - 3.8:.1f}" y="{y - 3.8:.1f}" width="7.6" height="7.6" {style}/>'
    return f'<path d="M{x:.1f} {y - 5:.1f}l4.8 8.6h-9.6z" {style}/>'


def scatter(title, subtitle, names, x, y, x_label, y_label):
    """`names`: the group of each point."""
    low, high = min(*x, *y), max(*x, *y)
    low, high = low - 0.04 * (high - low), high + 0.04 * (high - low)

    def across(value):
        return LEFT + EDGE * (value - low) / (high - low)

    def up(value):
        return TOP + EDGE - EDGE * (value - low) / (high - low)

    width, height = LEFT + EDGE + RIGHT, TOP + EDGE + BOTTOM
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           'font-family="sans-serif" font-size="13" fill="#222222">',
           f'<rect width="{width}" height="{height}" fill="white"/>',
           f'<text x="{LEFT}" y="28" font-size="17" font-weight="bold">{html.escape(title)}</text>',
           f'<text x="{LEFT}" y="50" fill="#555555">{html.escape(subtitle)}</text>']
    step = next(s for s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1) if (high - low) / s <= 7)
    tick = int(low / step) + 1
    while tick * step <= high:
        value = tick * step
        out += [f'<line x1="{across(value):.1f}" y1="{TOP}" x2="{across(value):.1f}" y2="{TOP + EDGE}" stroke="#e6e6e6"/>',
                f'<line x1="{LEFT}" y1="{up(value):.1f}" x2="{LEFT + EDGE}" y2="{up(value):.1f}" stroke="#e6e6e6"/>',
                f'<text x="{across(value):.1f}" y="{TOP + EDGE + 20}" text-anchor="middle">{value:.2f}</text>',
                f'<text x="{LEFT - 8}" y="{up(value) + 4:.1f}" text-anchor="end">{value:.2f}</text>']
        tick += 1
    out += [f'<rect x="{LEFT}" y="{TOP}" width="{EDGE}" height="{EDGE}" fill="none" stroke="#999999"/>',
            f'<line x1="{LEFT}" y1="{TOP + EDGE}" x2="{LEFT + EDGE}" y2="{TOP}" stroke="#999999" stroke-dasharray="6 4"/>',
            f'<text x="{LEFT + EDGE / 2}" y="{TOP + EDGE + 44}" text-anchor="middle">{html.escape(x_label)}</text>',
            f'<text transform="translate(20 {TOP + EDGE / 2}) rotate(-90)" text-anchor="middle">{html.escape(y_label)}</text>']
    for place, name in enumerate(dict.fromkeys(sorted(names))):
        colour, shape = COLOURS[place % len(COLOURS)], SHAPES[place % len(SHAPES)]
        out += [mark(shape, across(a), up(b), colour) for other, a, b in zip(names, x, y) if other == name]
        line = TOP + 12 + 22 * place
        out += [mark(shape, LEFT + EDGE + 24, line, colour),
                f'<text x="{LEFT + EDGE + 36}" y="{line + 4}">{html.escape(name.replace("_", " "))}</text>']
    return "\n".join([*out, "</svg>\n"])
