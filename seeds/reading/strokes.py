"""The straight lines that a PDF page draws: strokes, edges of stroked rectangles, rectangles as thin as a line."""

from collections.abc import Iterator
from ctypes import c_float, c_int
from itertools import islice

import pypdfium2
from pypdfium2 import raw

from seeds.reading.lattice import Rule

_THIN = 3.0
_STRAIGHT = 1.0
# A page that draws more is a map or a chart.
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 200

Point = tuple[float, float]


def rules_of(page: pypdfium2.PdfPage) -> Iterator[Rule]:
    """Every horizontal and vertical line of a page."""
    for drawn in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]), _MOST_OBJECTS):
        left, bottom, right, top = drawn.get_bounds()
        if min(right - left, top - bottom) <= _THIN:
            yield Rule(left, bottom, right, top)
        elif _is_stroked(drawn):
            yield from _sides(drawn)


def _is_stroked(drawn: pypdfium2.PdfObject) -> bool:
    fill, stroke = c_int(), c_int()
    return bool(raw.FPDFPath_GetDrawMode(drawn, fill, stroke) and stroke.value)


def _sides(drawn: pypdfium2.PdfObject) -> Iterator[Rule]:
    matrix = drawn.get_matrix()
    begun = here = None
    for number in range(min(raw.FPDFPath_CountSegments(drawn), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(drawn, number)
        x, y = c_float(), c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        there = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or here is None:
            begun = there
        else:
            yield from _straight(here, there)
        here = there
        if begun is not None and raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, begun)


def _straight(start: Point, end: Point) -> Iterator[Rule]:
    (left, right), (bottom, top) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if min(right - left, top - bottom) <= _STRAIGHT:
        yield Rule(left, bottom, right, top)
