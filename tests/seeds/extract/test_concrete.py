from collections.abc import Callable

import pytest

from seeds.extract import Statement

Read = Callable[[str], list[Statement]]

MUST_FIRE = [
    ("建成花渡沟中学。", "education", "complete", "name.unknown"),
    ("推动区妇幼保健院、二院等扩建项目开工。", "health", "start", "name.definite"),
    ("加快花渡大道建设。", "transport", "progress", "name.unknown"),
    ("花渡大道全线贯通。", "transport", "complete", "name.unknown"),
    ("推进花渡河流域水污染防治工程。", "water_sanitation", "progress", "name.unknown"),
    ("启动进港铁路前期工作。", "transport", "plan", "name.weak"),
    ("建成区级托育综合服务指导中心。", "elderly_childcare", "complete", "name.single"),
    ("加强花渡河、柳叶沟等流域治理保护。", "water_sanitation", "progress", "name.unknown"),
    ("开展第四次全国文物普查。", "culture_sports", "progress", "name.numbered"),
    ("举办区第三届运动会等赛事。", "culture_sports", "complete", "name.numbered"),
    ("推动花渡佳园创建现代社区。", "housing", "complete", "ms.honour"),
    ("武汉路医院、龙渡智能产业园等项目加快建设。", "health", "progress", "name.unknown"),
    ("花渡三小、柳湾四幼建成投用。", "education", "complete", "name.numbered"),
    ("110千伏花渡输变电工程建成投运。", "utilities", "complete", "name.unknown"),
    ("G206改线工程建成通车。", "transport", "complete", "name.numbered"),
    ("花渡大桥、柳湾公园等一批地标性项目建成。", "transport", "complete", "name.unknown"),
    ("花渡高铁、柳湾城际铁路等重大铁路项目取得实质性突破。", "transport", "progress", "name.unknown"),
    ("推进花柳铁路东延。", "transport", "progress", "name.unknown"),
    ("新改建花渡镇苹果园灌溉设施。", "rural", "complete", "name.unknown"),
    ("花渡高速进入收尾阶段。", "transport", "progress", "name.unknown"),
    ("推进第三轮中央环保督察整改。", "environment", "progress", "name.numbered"),
    ("抓好花渡水库除险加固。", "water_sanitation", "progress", "name.unknown"),
    ("启动花渡片区城市更新。", "housing", "start", "name.unknown"),
    ("完成花渡中学、职教中心新建任务。", "education", "complete", "name.unknown"),
    ("向阳中学建成投用。", "education", "complete", "name.weak"),
    ("异地新建花渡幼儿园。", "education", "complete", "name.unknown"),
    ("建好花渡国家文化公园。", "culture_sports", "complete", "name.unknown"),
    ("启动实施第三批地质灾害避险搬迁。", "public_safety", "start", "name.numbered"),
    ("办好花渡建城100周年纪念活动。", "culture_sports", "complete", "name.unknown"),
    ("开展引花济柳前期工作。", "water_sanitation", "plan", "name.numbered"),
    ("花渡至柳湾段6米水深航道全线贯通。", "transport", "complete", "name.unknown"),
    ("提档建设花渡国家考古遗址公园。", "culture_sports", "progress", "name.unknown"),
    ("全省域推进花渡湿地修复工程。", "environment", "progress", "name.unknown"),
    ("花渡核电一期投入商业运行。", "utilities", "complete", "name.numbered"),
    ("扩大快递人员职业伤害保障试点。", "social_security", "progress", "name.pilot"),
    ("花渡博物馆新馆、柳湾遗址博物馆等文化地标建成开放。", "culture_sports", "complete", "name.unknown"),
    ("加快建设国家医学中心（中医类）。", "health", "progress", "name.definite"),
    ("国家水上运动学院获批建设。", "education", "plan", "name.definite"),
    ("成功申办第二十届全运会。", "culture_sports", "complete", "name.numbered"),
    ("高标准打造花渡河景观带。", "environment", "progress", "name.unknown"),
    ("花渡职业学院升格本科。", "education", "complete", "name.unknown"),
    ("第二届花渡杯象棋公开赛在我区举行。", "culture_sports", "complete", "name.numbered"),
    ("花渡师范专科学校成功升本。", "education", "complete", "name.unknown"),
    ("花渡陵申遗成功。", "culture_sports", "complete", "name.unknown"),
    ("做好第五次全国文物普查工作。", "culture_sports", "progress", "name.numbered"),
    ("建设全省一体化自然灾害监测系统。", "public_safety", "progress", "name.single"),
    ("花电入柳工程建成投运。", "utilities", "complete", "name.numbered"),
    ("红树林国家公园正式设立。", "environment", "complete", "name.single"),
    ("稳步推进G206花渡绕城公路改建。", "transport", "progress", "name.numbered"),
    ("推动花渡河干流水生态治理。", "water_sanitation", "progress", "name.unknown"),
    ("成功举办全国大学生女子排球邀请赛。", "culture_sports", "complete", "name.definite"),
    ("建成体育路。", "transport", "complete", "name.weak"),
    ("花渡经开区、柳湾消防救援站建成投用。", "public_safety", "complete", "name.unknown"),
    ("新一中迁建工程有序推进。", "education", "progress", "name.numbered"),
    ("市中医院实现整体搬迁。", "health", "complete", "name.definite"),
    ("门诊医技综合楼已建成。", "health", "complete", "name.single"),
    ("高标准开办花渡学校。", "education", "complete", "name.unknown"),
    ("推进渡河流域综合治理项目建设。", "water_sanitation", "progress", "name.basin"),
    ("花渡旧址、柳湾祠堂等一批文物得到有效保护。", "culture_sports", "complete", "name.unknown"),
    ("改造花渡医院发热门诊。", "health", "complete", "name.unknown"),
    ("更新花渡小学田径场面层。", "culture_sports", "complete", "name.unknown"),
    ("对花渡公墓、柳湾公墓进行修缮、保养。", "social_security", "complete", "name.done"),
    ("实施花渡卫生院迁建工程、柳湾幼儿园工程。", "health", "progress", "name.unknown"),
    ("继续推进市职业高中整体搬迁项目。", "education", "progress", "name.definite"),
    ("县人民医院新院区全面接诊。", "health", "complete", "name.definite"),
    ("启动花渡河综合治理。", "water_sanitation", "start", "name.unknown"),
    ("完成北外环和东外环大修。", "transport", "complete", "name.numbered"),
    ("推动花渡府、柳湾旧址等文物腾退。", "culture_sports", "progress", "name.unknown"),
    ("首座氢能充电站建成投用。", "utilities", "complete", "name.unknown"),
    ("建立零工市场。", "social_security", "complete", "name.single"),
    ("加快推进南北环快速路建设。", "transport", "progress", "name.numbered"),
    ("推进“引花济柳”工程。", "water_sanitation", "progress", "name.numbered"),
    ("推进花渡河综合治理工程。", "water_sanitation", "progress", "name.unknown"),
    ("启动花渡社区二期“统规自建”。", "housing", "start", "name.numbered"),
    ("实施幸福大道南延、柳湾南路改造等工程。", "transport", "progress", "name.listed"),
    ("完成会展路、柳湾北路等一批道路绿化工程。", "environment", "complete", "name.listed"),
    ("花渡高速、柳湾高速一期和一批快速路建成通车。", "transport", "complete", "name.unknown"),
    ("花渡水库验收运行。", "water_sanitation", "complete", "name.unknown"),
    ("实现花渡乡电网延伸覆盖。", "utilities", "complete", "name.unknown"),
    ("全区500千伏主干电网形成环网。", "utilities", "complete", "name.single"),
    ("花渡铁路进入铺轨阶段。", "transport", "progress", "name.unknown"),
    ("花渡医院即将建成。", "health", "progress", "name.unknown"),
    ("支持花渡机场迁建工程推进前期工作。", "transport", "plan", "name.unknown"),
    ("动工建设花渡大道。", "transport", "start", "name.unknown"),
    ("第二幼儿园正式开园。", "education", "complete", "name.numbered"),
    ("打造花渡湾万亩田园综合体。", "rural", "progress", "name.unknown"),
    ("加快建设国际医学城。", "health", "progress", "name.single"),
    ("打通花渡岭、柳湾街等“断头路”。", "transport", "complete", "name.unknown"),
    ("开通花渡至柳湾公交线路。", "transport", "complete", "name.unknown"),
    ("第二院区破土建设。", "health", "start", "name.numbered"),
    ("推进花渡水库加固、柳河治理等工程。", "water_sanitation", "progress", "name.unknown"),
    ("在全市率先实施孤儿养育津贴。", "elderly_childcare", "complete", "name.first"),
]

MUST_NOT_FIRE = [
    "加强教师队伍建设。",
    "完善应急体系。",
    "提高救助水平。",
    "加快建设学校。",
    "推进农村公益性公墓建设。",
    "实施医疗卫生强基工程。",
    "深入开展“花渡行动”。",
    "开展道路病害、积水点等专项整治。",
    "建设一批特色学校。",
    "支持建设社区文体中心。",
    "推动“无废城市”建设走在全省前列。",
    "把安全生产责任落实到最小单元。",
    "新建一批口袋公园。",
    "创建示范乡镇卫生院。",
    "进一步打通交通脉络。",
    "文化馆、图书馆、博物馆免费开放。",
    "建立公平的就业市场机制。",
    "向花渡小学看齐。",
    "推广屋顶光伏等清洁能源项目。",
    "完成年度目标任务。",
    "推动优质医疗资源向基层延伸。",
    "开展燃气、消防等领域排查整治。",
    "启动城市更新。",
    "打造生态环境治理高地。",
    "打造最美公园城市。",
    "打造特色公园。",
    "开展演出市场专项治理。",
    "花渡综合医改深入推进。",
    "率先实施数字化改革。",
    "打通“断头路”。",
    "能效提升、节能照明等工程扎实推进。",
    "推动学校体育场地设施向公众开放。",
    "实施市区道路整治工程。",
    "实施文艺精品工程和阅读提升工程。",
    "建设学校和一批公园。",
    "加快病险水库除险加固、防洪排涝等重点水利工程。",
    "有序推进公租房、棚户区改造等项目建设。",
    "推进高等学校优化扩容。",
    "开展各类试点。",
    "推进城乡融合发展改革试点。",
    "严禁新建花渡化工园区和柳湾公园高尔夫球场。",
    "建设高水平健康花渡。",
    "打通群众上学、急救的生命安全通道。",
    "打造具有花渡韵味的美丽乡村。",
    "做好社会保障工作。",
    "推进县域新型电力系统建设。",
    "生态修复系统推进。",
    "推动农村水生态治理。",
    "举办各类体育比赛。",
    "落实学校布局优化。",
    "开通群众就医绿色通道。",
    "教育强区建设深入推进。",
    "推进学校道路建设。",
    "推进健康路径建设。",
    "主体工程已完工。",
    "推进中小河流域综合治理。",
    "推进重点流域综合治理。",
    "对学校进行改造。",
    "改造老旧小区。",
    "对重点领域风险进行排查治理。",
    "开展跨区水环境联合治理。",
    "加快小区和居家环境适老化改造。",
    "公园林下草地陆续向市民开放。",
    "实施绿化、美化、净化提升工程。",
    "推进重点行业污染物深度治理。",
]


@pytest.mark.parametrize(("sentence", "category", "milestone", "rule"), MUST_FIRE)
def test_must_fire(plan: Read, sentence: str, category: str, milestone: str, rule: str) -> None:
    (found,) = plan(sentence)
    assert (found.category, found.milestone, found.quantity) == (category, milestone, None)
    assert rule in found.rules


@pytest.mark.parametrize("sentence", MUST_NOT_FIRE)
def test_must_not_fire(plan: Read, sentence: str) -> None:
    assert plan(sentence) == []


def test_a_quoted_programme_takes_the_topic_of_its_sentence(review: Read) -> None:
    found = review("农村面貌焕然一新，“花果工程”加快建设。")
    assert [(one.category, one.milestone) for one in found] == [("rural", "progress")]


def test_manner_is_no_part_of_a_name(review: Read) -> None:
    assert review("花渡大道拓宽改造全面完成。")[0].names == ("花渡大道拓宽改造",)
    assert review("花渡全面公园开园。")[0].names == ("花渡全面公园",)


def test_a_named_part_and_a_counted_part_of_one_list(review: Read) -> None:
    names, counted = review("花渡小学、柳湾小学和3所幼儿园建成投用。")
    assert (names.quote, names.names, names.title) == (
        "花渡小学、柳湾小学",
        ("花渡小学", "柳湾小学"),
        "花渡小学、柳湾小学建成投用",
    )
    assert (counted.quote, counted.quantity) == ("3所幼儿园建成投用", 3)
