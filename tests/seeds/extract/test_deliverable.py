from collections.abc import Callable

import pytest

from seeds.extract.clauses import Document, Segment
from seeds.extract.deliverable import main_figure

Cut = Callable[[str], tuple[Document, list[Segment]]]


@pytest.mark.parametrize(
    ("clause", "quantity", "unit"),
    [
        ("新建学校12所", 12, "所"),
        ("工伤保险参保率从82%提高到93%", 93, "%"),
        ("新增运营轨道交通5条44.7公里", 5, "条"),
        ("投入600万元新建校舍450平方米", 450, "平方米"),
        ("建设20立方米小水窖90口", 90, "口"),
        ("推动30个幼儿园新增托位600个", 600, "个"),
        ("为2300名老年人发放高龄津贴", 2300, "名"),
        ("耕地耕层厚度提升2.8%、达到19.5厘米", 19.5, "厘米"),
    ],
)
def test_the_figure_that_counts_the_deliverable(cut: Cut, clause: str, quantity: float, unit: str) -> None:
    document, (segment,) = cut(clause)
    figure = main_figure(document.text, segment)
    assert figure is not None
    assert (figure.quantity, figure.unit) == (quantity, unit)


@pytest.mark.parametrize(
    "clause", ["建成惠及50万人的工程", "建成总投资3亿元的医院", "建成24兆瓦热电项目", "建成日处理80吨垃圾中心"]
)
def test_a_figure_that_only_describes_counts_nothing(cut: Cut, clause: str) -> None:
    document, (segment,) = cut(clause)
    assert main_figure(document.text, segment) is None
