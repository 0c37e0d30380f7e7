from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from seeds.extract.clauses import Document, clauses
from seeds.extract.segmentation import segments


def texts(clause: str) -> list[str]:
    document = Document(clause)
    return [document.text[segment.start : segment.end] for segment in segments(document, 0, len(clause))]


@pytest.mark.parametrize(
    ("clause", "cut"),
    [
        ("推动花渡公园建成、柳湾大桥动工", ["推动花渡公园建成", "柳湾大桥动工"]),
        ("推动花渡公园、柳湾大桥动工", ["推动花渡公园、柳湾大桥动工"]),
        ("新建花渡路、柳湾路、3条支路", ["新建花渡路、柳湾路", "3条支路"]),
        ("完成村镇饮水、花渡河治理二期、5座水库加固", ["完成村镇饮水、花渡河治理二期", "5座水库加固"]),
        ("建成主干道3条、立交5座", ["建成主干道3条", "立交5座"]),
        ("新开工安置房项目15个、完工10个", ["新开工安置房项目15个", "完工10个"]),
        ("清河小学、东山小学和3所幼儿园建成投用", ["清河小学、东山小学", "3所幼儿园建成投用"]),
        ("改造125个便民服务中心和197个养老服务站", ["改造125个便民服务中心", "197个养老服务站"]),
        ("新增老年食堂31家和助浴点12个", ["新增老年食堂31家", "助浴点12个"]),
        ("花渡河水质保持Ⅱ类、柳湾河首次达到Ⅰ类", ["花渡河水质保持Ⅱ类", "柳湾河首次达到Ⅰ类"]),
        ("硬化道路6万平方米并安装路灯500盏", ["硬化道路6万平方米", "安装路灯500盏"]),
        ("客货吞吐量达到400万人次、46万吨", ["客货吞吐量达到400万人次", "46万吨"]),
        ("清河公园建设扎实推进、东山公园获批创建", ["清河公园建设扎实推进", "东山公园获批创建"]),
    ],
)
def test_must_cut(clause: str, cut: list[str]) -> None:
    assert texts(clause) == cut


@pytest.mark.parametrize(
    "clause",
    [
        "推动区一院、二院、四院等扩建项目开工",
        "石坪、清河等5座污水处理厂完工",
        "建成清河中学等学校、幼儿园11所",
        "新建、改建污水管网64公里",
        "普惠率达到75.4%、提高31.8个百分点",
        "优良天数311天、同比增加11天",
        "12个保交楼项目、11052套房屋全面竣工",
        "盘活624宗、236万平方米",
        "完成5.3万平方米、900户旧房改造",
        "新、改建运动场9个",
        "集中供养率、新建小区托育设施配建率均达98%",
        "60名校长、名教师、班主任接受培训",
        "新、改、扩建农村公路20公里",
        "婴儿死亡率和5岁以下儿童死亡率达到0.63‰",
        "新增低保对象180户、260人",
        "建成安置房9个、24.6万m2",
        "改造棚户区18个区块、9000户",
        "推动花渡小区等8个、36万平方米项目完工",
        "建成老年食堂31家和花渡养老院",
        "提速建设清河大道等19条快速路、主干道",
        "新建道路、桥梁、3条支路",
        "惠及50万人的引水工程开工",
        "创建“三甲、二甲”医院（含中医院、专科医院）2所",
    ],
)
def test_must_not_cut(clause: str) -> None:
    assert texts(clause) == [clause]


def test_what_an_opened_line_brought_about_is_cut_off() -> None:
    assert texts("清河大桥贯通带动两岸发展") == ["清河大桥贯通"]


def test_what_a_count_brought_about_is_cut_off() -> None:
    assert texts("建成老年食堂31家、让更多老人吃上热饭") == ["建成老年食堂31家"]
    assert texts("建成小学3所、带动就业900人") == ["建成小学3所", "带动就业900人"]


@given(st.text(alphabet="建成学校等5所、，。和“”（）2个公里路", max_size=80))
def test_segments_keep_their_order_and_never_overlap(text: str) -> None:
    document = Document(text)
    assert len(document.masked) == len(text)
    found = [
        segment for start, end in clauses(document.masked, 0, len(text)) for segment in segments(document, start, end)
    ]
    spans = [(segment.start, segment.end) for segment in found]
    assert spans == sorted(spans)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_a_named_thing_behind_a_counted_one_is_a_segment_of_its_own() -> None:
    assert texts("建设花渡河廊道15公里、柳湾公园二期") == ["建设花渡河廊道15公里", "柳湾公园二期"]
    assert texts("初中入学全覆盖、80%升入高中") == ["初中入学全覆盖", "80%升入高中"]


def test_what_only_explains_a_count_stays_with_it() -> None:
    assert texts("建成学校15所、面貌一新") == ["建成学校15所、面貌一新"]


@pytest.mark.parametrize("rank", ["位居前列", "走在全省前列", "排名第一", "创历史新高"])
def test_how_a_count_ranks_is_no_part_of_it(rank: str) -> None:
    assert texts(f"建成学校15所、{rank}") == ["建成学校15所"]
