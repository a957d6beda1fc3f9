# SPDX-License-Identifier: Apache-2.0
"""Line charts in a grid of panels, written as SVG by hand.

All panels share the horizontal axis, which is logarithmic; each has its own vertical one. Series and levels are
drawn in the order in which their names first appear, each name with the same colour everywhere.
"""
import dataclasses
import html
import math

PANEL_WIDTH, PANEL_HEIGHT = 430, 230
LEFT, RIGHT, TOP, BOTTOM = 76, 20, 40, 56  # around each panel
HEAD = 84                                  # above the grid: title, subtitle, legend
# Okabe and Ito's palette: told apart by every eye, also by the marks.
COLOURS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
MARKS = ("circle", "square", "triangle", "diamond")
LEVEL_COLOUR = "#555555"
LEVEL_DASHES = ("7 4", "2 4", "10 4 2 4")


@dataclasses.dataclass
class Panel:
    """Series by name as [(x, y), ...] with x > 0; levels by name as y."""
    title: str
    y_label: str
    series: dict
    levels: dict = dataclasses.field(default_factory=dict)
    log_y: bool = False


class Axis:
    """Maps values to places between `start` and `end`, px; its ticks are round numbers."""

    def __init__(self, values, start, end, log=False, margin=0.05):
        self._start, self._end, self._log = start, end, log
        low, high = self._scaled(min(values)), self._scaled(max(values))
        room = margin * (high - low) or 0.1
        self._low, self._high = low - room, high + room
        if not log and min(values) >= 0:
            self._low = max(self._low, 0.0)

    def _scaled(self, value):
        return math.log10(value) if self._log else value

    def place(self, value):
        share = (self._scaled(value) - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)

    def ticks(self):
        if not self._log:
            return _even_ticks(self._low, self._high)
        low, high = 10**self._low, 10**self._high
        decades = range(math.floor(self._low), math.ceil(self._high) + 1)
        for steps in ((1,), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 7)):
            ticks = [step * 10.0**decade for decade in decades for step in steps if low <= step * 10.0**decade <= high]
            if len(ticks) >= 4:
                return ticks
        return _even_ticks(low, high)


def _even_ticks(low, high):
    """Three to seven round numbers within the range."""
    rough = (high - low) / 6
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _text(x, y, words, anchor="start", **attributes):
    more = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{html.escape(str(words))}</text>'


def _line(x1, y1, x2, y2, colour, width=1.0, dashes=None):
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
            f'stroke-width="{width:g}"{dashed}/>')


def _mark(kind, x, y, radius, colour):
    paint = f'fill="{colour}" stroke="#ffffff" stroke-width="0.8"'
    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {paint}/>'
    corners = {"square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
               "triangle": ((0, -1.2), (1.1, 0.9), (-1.1, 0.9)),
               "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0))}[kind]
    points = " ".join(f"{x + radius * dx:.1f},{y + radius * dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" {paint}/>'


def _number(value):
    return f"{value:.6g}"


class Drawing:
    """The pieces of one drawing; draw() puts them together."""

    def __init__(self, rows, x_label):
        self._rows, self._x_label = rows, x_label
        panels = [panel for row in rows for panel in row]
        names = dict.fromkeys(name for panel in panels for name in panel.series)
        levels = dict.fromkeys(name for panel in panels for name in panel.levels)
        self._styles = {name: (COLOURS[i % len(COLOURS)], MARKS[i % len(MARKS)]) for i, name in enumerate(names)}
        self._dashes = {name: LEVEL_DASHES[i % len(LEVEL_DASHES)] for i, name in enumerate(levels)}
        self._times = [x for panel in panels for points in panel.series.values() for x, _ in points]

    def draw(self, title, subtitle):
        width = max(len(row) for row in self._rows) * (LEFT + PANEL_WIDTH + RIGHT)
        height = HEAD + len(self._rows) * (TOP + PANEL_HEIGHT + BOTTOM)
        parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
                 f'height="{height}" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222222">',
                 f"<title>{html.escape(title)}</title>",
                 f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
                 _text(LEFT, 28, title, font_size=18, font_weight="bold"),
                 _text(LEFT, 48, subtitle, fill="#555555"),
                 *self._legend(LEFT, 72)]
        for i, row in enumerate(self._rows):
            for j, panel in enumerate(row):
                left = j * (LEFT + PANEL_WIDTH + RIGHT) + LEFT
                parts += self._panel(panel, left, HEAD + i * (TOP + PANEL_HEIGHT + BOTTOM) + TOP)
        return "\n".join([*parts, "</svg>", ""])

    def _legend(self, x, y):
        for name, (colour, mark) in self._styles.items():
            yield _line(x, y - 4, x + 26, y - 4, colour, 2)
            yield _mark(mark, x + 13, y - 4, 4, colour)
            yield _text(x + 33, y, name)
            x += 33 + 6.3 * len(name) + 24  # 6.3 px a letter: wider than most
        for name, dashes in self._dashes.items():
            yield _line(x, y - 4, x + 26, y - 4, LEVEL_COLOUR, 1.5, dashes)
            yield _text(x + 33, y, name)
            x += 33 + 6.3 * len(name) + 24

    def _panel(self, panel, left, top):
        right, bottom = left + PANEL_WIDTH, top + PANEL_HEIGHT
        values = [y for points in panel.series.values() for _, y in points] + list(panel.levels.values())
        x_axis = Axis(self._times, left, right, log=True)
        y_axis = Axis(values, bottom, top, panel.log_y)
        yield _text(left, top - 10, panel.title, font_size=13, font_weight="bold")
        for tick in x_axis.ticks():
            x = x_axis.place(tick)
            yield _line(x, top, x, bottom, "#e6e6e6")
            yield _text(x, bottom + 17, _number(tick), "middle")
        for tick in y_axis.ticks():
            y = y_axis.place(tick)
            yield _line(left, y, right, y, "#e6e6e6")
            yield _text(left - 8, y + 4, _number(tick), "end")
        yield (f'<rect x="{left}" y="{top}" width="{PANEL_WIDTH}" height="{PANEL_HEIGHT}" fill="none" '
               'stroke="#888888"/>')
        yield _text((left + right) / 2, bottom + 38, self._x_label, "middle")
        middle = (top + bottom) / 2
        yield _text(left - 54, middle, panel.y_label, "middle", transform=f"rotate(-90 {left - 54:.1f} {middle:.1f})")
        for name, y in panel.levels.items():
            yield _line(left, y_axis.place(y), right, y_axis.place(y), LEVEL_COLOUR, 1.5, self._dashes[name])
        for name, points in panel.series.items():
            yield from self._series([(x_axis.place(x), y_axis.place(y)) for x, y in points], *self._styles[name])
        for name, y in panel.levels.items():  # last, and with a white rim: readable over every line
            line = y_axis.place(y)
            yield _text(left + 6, line - 5 if line - top > 18 else line + 14, name, fill=LEVEL_COLOUR,
                        stroke="#ffffff", stroke_width=3, paint_order="stroke")

    @staticmethod
    def _series(places, colour, mark):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield (f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round" '
               'stroke-linecap="round"/>')
        for i, (x, y) in enumerate(places):
            yield _mark(mark, x, y, 5 if i == len(places) - 1 else 3, colour)


def line_charts(rows, title, subtitle, x_label):
    """SVG text of `rows`, a list of lists of Panel."""
    return Drawing(rows, x_label).draw(title, subtitle)
