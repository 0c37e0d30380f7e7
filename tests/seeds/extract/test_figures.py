from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from seeds.extract.figures import figures
from seeds.extract.numerals import number_of
from seeds.extract.statement import Quantity

MUST_READ: list[tuple[str, Quantity, str | None, str, str]] = [
    ("新增学位1.2万个", 12000, "个", "eq", "fig.count"),
    ("新建学校3—5所", 3, "所", "gte", "fig.count"),
    ("新建公园3到5个", 3, "个", "gte", "fig.count"),
    ("新增床位300-500张", 300, "张", "gte", "fig.count"),
    ("新增绿地1至1.5万平方米", 10000, "平方米", "gte", "fig.count"),
    ("新增学位1万至2万个", 10000, "个", "gte", "fig.count"),
    ("师生比达到1:15", 15, None, "eq", "fig.ratio"),
    ("清理垃圾2.5万方", 25000, "方", "eq", "fig.count"),
    ("新建幼儿园一百二十所", 120, "所", "eq", "fig.hanzi"),
    ("改造危房两千三百户", 2300, "户", "eq", "fig.hanzi"),
    ("新增床位两百张", 200, "张", "eq", "fig.hanzi"),
    ("新建公厕二十余座", 20, "座", "gte", "fig.hanzi"),
    ("新建基站一千余个", 1000, "个", "gte", "fig.hanzi"),
    ("建成公园二十个", 20, "个", "eq", "fig.hanzi"),
    ("面积增长两倍以上", 2, "倍", "gte", "fig.hanzi"),
    ("比例提高百分之三点五", 3.5, "%", "eq", "fig.tenths"),
    ("普及率达到百分之八十五到九十", 85, "%", "gte", "fig.tenths"),
    ("死亡率降到千分之三以下", 3, "‰", "lte", "fig.tenths"),
    ("覆盖率提高一点五个百分点", 1.5, "个百分点", "eq", "fig.tenths"),
    ("绿地42万平方米", 420000, "平方米", "eq", "fig.count"),
    ("新增学位6万余个", 60000, "个", "gte", "fig.count"),
    ("新增道路80余公里", 80, "公里", "gte", "fig.count"),
    ("客流超过9000万人次", 90000000, "人次", "gte", "fig.count"),
    ("发放救助金4.7亿元", 470000000, "元", "eq", "fig.count"),
    ("补助每人2000元，共300万元", 2000, "元", "eq", "fig.count"),
    ("近5万名群众", 50000, "名", "approx", "fig.count"),
    ("示范道路160个（条）", 160, "个（条）", "eq", "fig.count"),
    ("参保率稳定在96%以上", 96, "%", "gte", "fig.percent"),
    ("失业率控制在5.5%以内", 5.5, "%", "lte", "fig.percent"),
    ("优良率90%左右", 90, "%", "approx", "fig.percent"),
    ("增长5%—6%", 5, "%", "gte", "fig.percent"),
    ("占比提高3.1个百分点", 3.1, "个百分点", "eq", "fig.percent"),
    ("惠及12.5万青年", 125000, None, "eq", "fig.bare"),
    ("死亡率下降到8.5/10万", 8.5, None, "eq", "fig.ratio"),
    ("收入比降至1.9", 1.9, None, "eq", "fig.ratio"),
    ("收入比为2.21：1以内".replace("：", ":"), 2.21, None, "lte", "fig.ratio"),
    ("改建三座大桥", 3, "座", "eq", "fig.hanzi"),
    ("建成临江公园等十大公园", 10, "大", "eq", "fig.hanzi"),
    ("连续五年提高", 5, "年", "eq", "fig.hanzi"),
    ("比例超九成", 90, "%", "eq", "fig.tenths"),
    ("达到百分之八十以上", 80, "%", "gte", "fig.tenths"),
    ("产值突破百亿元", 10000000000, "元", "gte", "fig.hanzi"),
    ("打造万亩级基地", 10000, "亩", "eq", "fig.class"),
    ("建设千万千瓦级基地", 10000000, "千瓦", "eq", "fig.class"),
    ("突破千人大关", 1000, "人", "gte", "fig.hanzi"),
    ("办好十项实事", 10, "项", "eq", "fig.hanzi"),
    ("新增学位1.2万个学位", 12000, "个", "eq", "fig.count"),
    ("新增公交车30标台", 30, "标台", "eq", "fig.count"),
    ("标准提高到980元/月", 980, "元/月", "eq", "fig.count"),
    ("补助达到70元/人·年以上", 70, "元/人·年", "gte", "fig.count"),
    ("建立3项制度", 3, "项", "eq", "fig.count"),
    ("建成房屋24.6万m2", 246000, "m2", "eq", "fig.count"),
    ("举办演出百余场", 100, "场", "gte", "fig.hanzi"),
    ("开发老年教育课程100门", 100, "门", "eq", "fig.count"),
    ("班列突破千列", 1000, "列", "gte", "fig.hanzi"),
    ("浓度低于每立方米25微克", 25, "微克", "eq", "fig.count"),
    ("供热标准提高到20℃", 20, "℃", "eq", "fig.count"),
    ("100多万群众受益", 1000000, None, "gte", "fig.bare"),
    ("新增街头绿地3-5处", 3, "处", "gte", "fig.count"),
    ("新建扬水站一处", 1, "处", "eq", "fig.hanzi"),
    ("绿化21万平米", 210000, "平米", "eq", "fig.count"),
    ("接种疫苗2万剂次", 20000, "剂次", "eq", "fig.count"),
    ("发放证书6047份", 6047, "份", "eq", "fig.count"),
    ("新增容量12万千伏安", 120000, "千伏安", "eq", "fig.count"),
    ("培训上千人", 1000, "人", "gte", "fig.hanzi"),
    ("救助近百户", 100, "户", "approx", "fig.hanzi"),
    ("死亡率为0", 0, None, "eq", "fig.ratio"),
    ("空气质量综合指数4.2", 4.2, None, "eq", "fig.ratio"),
    ("获得9金14银15铜", 9, "金", "eq", "fig.count"),
]

MUST_NOT_READ = [
    "2030年",
    "第12届运动会",
    "5G网络",
    "轨道9号线",
    "T3航站楼",
    "4A级景区",
    "二期工程",
    "较2025年",
    "每10万人",
    "国道318线",
    "“885”机制",
    "日供水200吨以下水厂",
    "满3岁",
    "500千伏线路",
    "“2元一票制”",
    "三大攻坚战",
    "一批学校",
    "60岁以上老人",
    "3岁以下婴幼儿",
    "提前2年完成",
    "300万千瓦级电站",
    "6月30日",
    "3人制篮球场",
    "12年制学校",
    "村社、镇街、社区3个全覆盖",
    "五台山路大桥",
    # each is a name, a date, a class of size or a set phrase
]


@pytest.mark.parametrize(("text", "quantity", "unit", "comparator", "rule"), MUST_READ)
def test_must_read(text: str, quantity: Quantity, unit: str | None, comparator: str, rule: str) -> None:
    first = figures(text)[0]
    assert (first.quantity, first.unit, first.comparator, first.rule) == (quantity, unit, comparator, rule)


@pytest.mark.parametrize("text", MUST_NOT_READ)
def test_must_not_read(text: str) -> None:
    assert figures(text) == []


@given(st.integers(1, 99999), st.sampled_from(["", "万", "亿"]), st.sampled_from(["所", "公里", "户", "%"]))
def test_a_written_figure_is_read_back(number: int, scale: str, unit: str) -> None:
    (figure,) = figures(f"新增{number}{scale}{unit}")
    assert figure.quantity == number * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert figure.unit == unit


@given(st.text(alphabet="0123456789.,万亿千百十两三所公里年%余多超近以上（）“”:年第每", max_size=40))
def test_figures_are_ordered_and_never_overlap(text: str) -> None:
    found = figures(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(0 <= figure.start < figure.end <= len(text) for figure in found)


@pytest.mark.parametrize(("text", "value"), [("十", 10), ("十二", 12), ("三十五", 35), ("两", 2), ("一百二十", 120)])
def test_chinese_numerals(text: str, value: int) -> None:
    assert number_of(text) == value


def test_scaled_decimals_are_exact_and_whole_numbers_integers() -> None:
    quantities = [figures(text)[0].quantity for text in ("145.67亿元", "1.2万个", "5.5%", "4.35亿元")]
    assert quantities == [14567000000, 12000, 5.5, 435000000]
    assert [type(quantity) for quantity in quantities] == [int, int, float, int]


def test_two_figures_share_the_measure_word_of_the_second() -> None:
    found = [(one.quantity, one.unit) for one in figures("惠及120万、40万人次")]
    assert found == [(1200000, "人次"), (400000, "人次")]
