from collections.abc import Callable

import pytest

from seeds.extract import Statement

Read = Callable[[str], list[Statement]]


@pytest.mark.parametrize(
    ("sentence", "quantity", "unit", "category"),
    [
        ("为2.7万家企业减免失业保险费2.4亿元。", 240000000, "元", "social_security"),
        ("工伤保险参保率从82%提高到93%。", 93, "%", "social_security"),
        ("中职学校由30所整合为21所。", 21, "所", "education"),
        ("12个国考断面水质优良率达98%。", 98, "%", "water_sanitation"),
        ("26个国家近900名运动员参赛。", 900, "名", "culture_sports"),
        ("新增运营轨道交通5条44.7公里。", 5, "条", "transport"),
        ("22个镇街成立综合应急救援队伍。", 22, "个", "public_safety"),
        ("集体经济收入10万元以上的村达到236个。", 236, "个", "rural"),
        ("养老金由每月120元提高到135元。", 135, "元", "social_security"),
        ("完成2年新增学位1.8万个。", 18000, "个", "education"),
        ("32个水利项目完成投资18亿元。", 32, "个", "water_sanitation"),
        ("改造老旧小区12个、完成年度任务的120%。", 12, "个", "housing"),
        ("向低保家庭1.7万人发放救助金6000万元。", 60000000, "元", "social_security"),
        ("为2300名老年人发放高龄津贴。", 2300, "名", "elderly_childcare"),
        ("连续14年提高退休人员养老金水平。", 14, "年", "social_security"),
        ("开展2万人次长者助浴服务行动。", 20000, "人次", "elderly_childcare"),
        ("新增日处理污水5万吨。", 50000, "吨", "water_sanitation"),
        ("建设20立方米小水窖90口。", 90, "口", "water_sanitation"),
        ("新增供水5万吨。", 50000, "吨", "water_sanitation"),
        ("投入600万元新建校舍450平方米。", 450, "平方米", "education"),
        ("耕地耕层厚度提升2.8%、达到19.5厘米。", 19.5, "厘米", "rural"),
        ("为80所海拔1200米以上学校建设食堂。", 80, "所", "education"),
        ("在花渡等8个重点县建设蔬菜基地6.2万亩。", 62000, "亩", "rural"),
        ("85%的区医院达到三级医院服务水平。", 85, "%", "health"),
        ("农民收入增速连续12年高于市民。", 12, "年", "social_security"),
        ("24小时书房在各县实现全覆盖。", 100, "%", "culture_sports"),
        ("群众安全感连续3年保持96%以上。", 96, "%", "public_safety"),
        ("30户以上自然村全部通硬化路。", 100, "%", "transport"),
        ("全面完成保交房任务。", 100, "%", "housing"),
        ("新能源装机达3200万千瓦、占比达41.5%。", 32000000, "千瓦", "utilities"),
        ("实施学前免费教育政策，惠及近6万儿童。", 60000, "", "education"),
        ("涉及3.2万人的保交房任务全部完成。", 100, "%", "housing"),
        ("完成800个行政村户厕改造提升行动。", 800, "个", "water_sanitation"),
        ("建成千吨级船闸1座。", 1, "座", "transport"),
        ("推动30个幼儿园新增托位600个。", 600, "个", "elderly_childcare"),
        ("14个市州新建公园20个。", 20, "个", "environment"),
        ("居民健康素养稳步提升，达33.5%。", 33.5, "%", "health"),
        ("全县共有医疗机构320间，增加25间。", 320, "间", "health"),
        ("为低保对象4500户、5800人发放低保金2593万元。", 25930000, "元", "social_security"),
    ],
)
def test_the_figure_that_counts_the_deliverable(
    review: Read, sentence: str, quantity: float, unit: str, category: str
) -> None:
    (found,) = review(sentence)
    assert (found.quantity, found.unit or "", found.category) == (quantity, unit, category)


@pytest.mark.parametrize(
    "sentence",
    [
        "提升8个山区县帮扶质效。",
        "同比增长5.5%。",
        "污水处理在36个大中城市考核中名列第一。",
        "惠及居民约6万户。",
        "开展森林火灾隐患动态清零专项行动。",
        "完成年度任务的142%。",
        "出台就业政策12条。",
        "出台稳就业惠民生12条。",
        "推进5个帮扶县振兴发展。",
        "80%的财力投向民生。",
        "为60岁以上老人免费体检。",
    ],
)
def test_figures_of_an_intent_a_rise_or_a_benefit_make_no_statement(plan: Read, sentence: str) -> None:
    assert plan(sentence) == []


def test_a_figure_that_sizes_the_object_is_no_quantity(review: Read) -> None:
    (found,) = review("总投资3.5亿元的花渡医院建成投用。")
    assert (found.category, found.quantity) == ("health", None)


def test_a_capacity_before_its_facility_is_no_quantity(plan: Read) -> None:
    (found,) = plan("建成日处理80吨生活垃圾转运站。")
    assert (found.category, found.quantity) == ("water_sanitation", None)


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("实施背街小巷整治工程，完成治理20条。", "transport"),
        ("创建12个食品安全示范县、3个示范园区。", "public_safety"),
        ("推进中央环保督察反馈问题整改，7项年度任务全面完成。", "environment"),
        ("移动互联网走进千家万户，用户达37万户。", "utilities"),
        ("提高企业退休人员养老金，月人均达到2389元。", "social_security"),
        ("新增养老服务设施49个、床位800张。", "elderly_childcare"),
        ("推进背街小巷整治，建成工业园区3个。", "economy"),
    ],
)
def test_the_deed_or_the_place_alone_is_no_object(review: Read, sentence: str, category: str) -> None:
    assert review(sentence)[-1].category == category


def test_an_object_left_out_is_inherited(plan: Read) -> None:
    first, second = plan("新开工老旧小区改造项目15个、完工10个。")
    assert (first.category, second.category, second.quantity) == ("housing", "housing", 10)
    assert "cat.inherited" in second.rules
    assert second.title == "老旧小区改造项目完工10个"


def test_each_figure_of_a_shared_subject_is_a_statement(review: Read) -> None:
    first, second = review("盗窃、诈骗案件分别下降8.2%、5.1%。")
    assert [(one.quantity, one.category, one.milestone) for one in (first, second)] == [
        (8.2, "public_safety", "level"),
        (5.1, "public_safety", "level"),
    ]


def test_each_figure_takes_the_category_of_its_own_subject(review: Read) -> None:
    found = review("学校、医院分别新增3所、5所，养老机构达到9所。")
    assert [one.category for one in found] == ["education", "health", "elderly_childcare"]


@pytest.mark.parametrize(
    ("sentence", "milestone"),
    [
        ("提速建设19条主干道。", "progress"),
        ("实施土地整理3200亩。", "complete"),
        ("开工建设敬老院3个。", "start"),
        ("森林覆盖率达到55%。", "level"),
        ("11条城市主干道、7座城市立交加快建设。", "progress"),
        ("实现村卫生室全覆盖。", "level"),
        ("医院床位数翻一番。", "level"),
        ("农村公路达2300公里。", "level"),
        ("基本养老保险新增参保3.5万人。", "complete"),
        ("减少农村贫困人口1.3万人。", "complete"),
        ("减少主要污染物排放3%。", "level"),
    ],
)
def test_milestones_of_counted_objects(plan: Read, sentence: str, milestone: str) -> None:
    assert plan(sentence)[-1].milestone == milestone


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("建成学校3所，更新桌椅板凳3000套。", "education"),
        ("新建敬老院2所，安装呼叫器300台。", "elderly_childcare"),
        ("建成垃圾中转站3座，回收利用率达到38%。", "water_sanitation"),
    ],
)
def test_what_no_noun_tells_belongs_to_what_the_sentence_spoke_of(plan: Read, sentence: str, category: str) -> None:
    first, second = plan(sentence)
    assert (first.category, second.category, second.rules[1]) == (category, category, "cat.context")


@pytest.mark.parametrize("behind", ["引进合作项目12个", "完成投资5亿元", "强化39个县帮扶", "更新制度3项"])
def test_other_business_belongs_to_nothing_before_it(plan: Read, behind: str) -> None:
    assert all("cat.context" not in found.rules for found in plan(f"建成学校3所，{behind}。"))


@pytest.mark.parametrize("sentence", ["水污染防治考核连续5年全省优秀。", "空气质量连续6年排名全省第1。"])
def test_years_of_a_rank_are_no_outcome(review: Read, sentence: str) -> None:
    assert review(sentence) == []


def test_a_bare_level_takes_the_clause_before_along(review: Read) -> None:
    assert [found.quote for found in review("居民健康素养稳步提升，达33.5%。")] == ["居民健康素养稳步提升，达33.5%"]
    assert [found.quote for found in review("加强学校建设，3所学校投用。")] == ["3所学校投用"]


def test_those_who_are_trained_are_a_statement_of_the_training(plan: Read) -> None:
    first, second = plan("组织消防培训360场次，受训人数不少于2万人。")
    assert (second.category, second.quantity, second.rules[1]) == (first.category, 20000, "cat.inherited")


@pytest.mark.parametrize("sentence", ["重点民生类支出45亿元。", "投入民生资金35亿元。", "财政教育支出12亿元。"])
def test_money_spent_on_everything_is_no_outcome(review: Read, sentence: str) -> None:
    assert review(sentence) == []


def test_a_measure_word_shows_the_marks_that_were_hidden(review: Read) -> None:
    (found,) = review("全市7县（市、区）脱贫摘帽。")
    assert (found.quantity, found.unit) == (7, "县（市、区）")


def test_investment_in_a_field_is_no_outcome(review: Read) -> None:
    assert review("交通投资达到845亿元。") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "淘汰30万千瓦及以下燃煤机组。",
        "推动年运量80万吨以上的物流园接入铁路专用线。",
        "连续3年大规模开展河道清淤行动。",
    ],
)
def test_a_class_of_size_or_a_run_of_deeds_is_no_count(plan: Read, sentence: str) -> None:
    assert plan(sentence) == []


def test_a_series_of_bare_numbers_takes_the_measure_word_of_the_last(review: Read) -> None:
    found = review("卫生户厕覆盖率、污水治理率、生活垃圾处理率分别提高12.5、20.3、31个百分点。")
    assert [(item.quantity, item.unit) for item in found] == [(12.5, "个百分点"), (20.3, "个百分点"), (31, "个百分点")]


def test_whom_a_work_reaches_is_not_what_it_is(review: Read) -> None:
    first, second = review("建成5G基站6.4万个、覆盖92%以上行政村。")
    assert (first.category, second.category, second.rules[1]) == ("utilities", "utilities", "cat.inherited")


@pytest.mark.parametrize(
    "sentence",
    ["连续20年无重大森林火灾。", "花渡国家公园成为全国首批6个国家公园之一。"],
)
def test_how_long_or_among_how_many_is_no_quantity(review: Read, sentence: str) -> None:
    assert [found.quantity for found in review(sentence)] == [None]
