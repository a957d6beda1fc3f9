# SPDX-License-Identifier: Apache-2.0
"""Pictures that every program gets as the same files, so that none is judged by its resizing."""
import dataclasses
import hashlib
import pathlib

from PIL import Image, ImageOps

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
PHOTOGRAPHS = [EXAMPLES / name for name in ("coffee.png", "chelsea.png", "rocket.jpg")]
PAINTINGS = [EXAMPLES / name for name in ("villa-with-orange-trees.jpg", "reading.jpg",
                                       "the-garden-at-bougival.jpg")]


@dataclasses.dataclass(frozen=True)
class Pair:
    """A photograph and a painting with the same long edge, and the painting in the photograph's size."""
    name: str
    size: int
    content: pathlib.Path
    style: pathlib.Path
    stretched_style: pathlib.Path


def digest(path):
    """SHA-256 of a file's content."""
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def open_rgb(path):
    """As people see it, without a colour profile that one program would apply and another not."""
    picture = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    return Image.frombytes("RGB", picture.size, picture.tobytes())


def fit_long_edge(size, edge):
    """`size` with its longer edge made `edge`."""
    scale = edge / max(size)
    return tuple(max(1, round(side * scale)) for side in size)


def write_resized(path, size, out):
    """Lanczos to exactly this size, as PNG."""
    open_rgb(path).resize(size, Image.Resampling.LANCZOS).save(out)


def prepare_pair(content, style, edge, folder):
    """The files of one pair at one size, in `folder`; named by content, so that equal names never mix."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = {path: f"{path.stem}-{digest(path)[:8]}-{edge}" for path in (content, style)}
    pair = Pair(name=f"{content.stem} x {style.stem}", size=edge,
                content=folder / f"{stem[content]}.png",
                style=folder / f"{stem[style]}.png",
                stretched_style=folder / f"{stem[style]}-as-{stem[content]}.png")
    content_size = fit_long_edge(open_rgb(content).size, edge)
    write_resized(content, content_size, pair.content)
    write_resized(style, fit_long_edge(open_rgb(style).size, edge), pair.style)
    write_resized(style, content_size, pair.stretched_style)
    return pair
