import pytest

from seeds.extract.coverage import coverage


@pytest.mark.parametrize(
    "text",
    [
        "社区养老设施实现全覆盖",
        "投诉案件全部办结",
        "黑臭水体全面消除",
        "零就业家庭动态清零",
        "供水实现全域统管",
        "所有行政村都通上公路",
        "解决所有学校饮水问题",
        "学杂费全部免除",
        "基本消除黑臭水体",
        "配齐乡镇卫生院检查设备",
        "管输天然气实现“县县通”",
        "公路基本实现村村通",
        "城区旱厕全消除",
        "各市中心城市全部通高铁",
        "门诊预交金全面取消",
        "花渡江水质实现全优",
        "干流堤防全线达标",
        "实现市市通高铁",
        "自然村全部通硬化路",
        "光网通达全部行政村",
        "污水处理设施基本覆盖",
        "所有自然村达到一档标准",
        "边境乡镇全部通达5G",
        "电网延伸至所有村庄",
        "所有乡镇卫生院改造全面完成",
        "县级医院全部达到三级水平",
        "实现所有乡镇5G网络覆盖",
        "实现全域清洁取暖",
        "率先实现生活垃圾全域全量焚烧",
        "灵活就业人员参保全面覆盖",
    ],
)
def test_full_coverage_is_a_hundred_per_cent(text: str) -> None:
    (figure,) = coverage(text)
    assert (figure.quantity, figure.unit, figure.rule) == (100, "%", "fig.full")


@pytest.mark.parametrize(
    "text",
    [
        "应保尽保",
        "全面建成小康社会",
        "全部力量",
        "覆盖面扩大",
        "所有孩子都能成长",
        "花渡湖消除劣Ⅴ类",
        "未发生较大以上安全事故",
        "无重大项目落地",
        "配齐配强干部",
        "实施广播电视户户通工程",
        "开行村村通客车",
        "食品安全达标",
        "污染防治考核全国第一",
        "综合实力全省第一",
        "在“退后十”的基础上",
        "问题见底清零",
        "扩大5G网络有效覆盖",
    ],
)
def test_slogans_are_no_coverage(text: str) -> None:
    assert coverage(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "医院床位数翻一番",
        "花渡湖水质稳定达到Ⅲ类",
        "连续三年未发生较大以上安全事故",
        "全年无较大及以上生产安全事故",
        "住院分娩个人“无自付”",
        "基本医疗保险参保率全省第一",
        "胸痛单元数量全国排名第一",
        "空气质量综合指数退出全国后二十位",
        "PM2.5平均浓度全省排名退后十",
        "监测对象无一返贫",
        "全区无人因灾伤亡",
        "花渡区疫情未出现扩散",
        "空气质量达到国家二级标准",
    ],
)
def test_a_level_can_be_told_without_a_quantity(text: str) -> None:
    (figure,) = coverage(text)
    assert (figure.quantity, figure.unit, figure.rule) == (None, None, "fig.told")


@pytest.mark.parametrize(
    ("text", "unit"),
    [("实现“零伤亡”", "人"), ("垃圾实现零填埋", None), ("确保“零返贫”", None), ("守住“零疫情”战果", None)],
)
def test_a_zero_outcome_is_a_quantity(text: str, unit: str | None) -> None:
    (figure,) = coverage(text)
    assert (figure.quantity, figure.unit, figure.rule) == (0, unit, "fig.zero")


@pytest.mark.parametrize("text", ["零售额增长", "零距离服务", "从零开始"])
def test_other_noughts_are_no_outcomes(text: str) -> None:
    assert coverage(text) == []
