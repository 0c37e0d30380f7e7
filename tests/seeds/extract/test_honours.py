from collections.abc import Callable

import pytest

from seeds.extract import Statement

Read = Callable[[str], list[Statement]]


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("花渡镇成功创建国家级卫生镇。", "health"),
        ("创建全国文明城市、国家森林城市。", "environment"),
        ("争创全国义务教育优质均衡发展区。", "education"),
        ("花渡博物馆获评国家二级馆。", "culture_sports"),
        ("柳湾林场入选全国种苗基地建设试点。", "environment"),
        ("成为国家园林县城。", "environment"),
        ("荣获“中国天然氧吧”称号。", "environment"),
        ("县总医院获评省级胸痛中心。", "health"),
        ("柳湾村入选中国传统村落。", "culture_sports"),
        ("获批国家级慢性病综合防控示范区。", "health"),
        ("顺利通过国家卫生县城复评验收。", "health"),
        ("国家卫生县城顺利通过复评。", "health"),
        ("花渡成为全省美丽乡村示范县。", "rural"),
        ("成功纳入国家首批生态文明试验区。", "environment"),
        ("县中医院晋升二级乙等医院。", "health"),
        ("花渡镇被命名为省级卫生镇。", "health"),
        ("花渡女足勇夺足协杯冠军。", "culture_sports"),
        ("花渡市获得第三届全省运动会举办权。", "culture_sports"),
        ("花渡男篮夺取全国锦标赛亚军。", "culture_sports"),
        ("杂技剧《花渡》获文华奖。", "culture_sports"),
        ("支持花渡创建国家历史文化名城。", "culture_sports"),
        ("花渡入列全省第一批美丽城市先行区。", "environment"),
        ("花渡市获国际湿地城市认证。", "environment"),
        ("花渡学院升格为花渡大学。", "education"),
        ("花渡遗址入选世界重大考古发现。", "culture_sports"),
        ("话剧《花渡》获文华剧目奖。", "culture_sports"),
        ("“四好农村路”市级示范镇创建成功。", "transport"),
        ("花渡河段、柳湾河段获评全国美丽河湖。", "water_sanitation"),
        ("花渡成为第三批国家碳达峰试点城市。", "environment"),
        ("县妇幼医院顺利通过二乙复评。", "health"),
        ("花渡镇提升为省卫生镇。", "health"),
        ("花渡幼儿园被定为全省第一批学前教育试点。", "education"),
        ("全省中医药工作示范区创建工作有序推进。", "health"),
        ("市中医院通过省级治未病等级评审。", "health"),
        ("花渡县被水利部确定为全国节水型社会示范县。", "water_sanitation"),
        ("启动国家森林城市创建。", "environment"),
        ("推进省级园林县城创建工作。", "environment"),
        ("花渡获批创建国家乡村振兴示范县。", "rural"),
        ("花渡人民医院通过三级医院评审。", "health"),
        ("县医院通过二甲复审。", "health"),
        ("县中心医院成为三级综合医院。", "health"),
    ],
)
def test_livelihood_titles(review: Read, sentence: str, category: str) -> None:
    (found,) = review(sentence)
    assert (found.category, found.milestone, found.rules[0]) == (category, "complete", "ms.honour")


@pytest.mark.parametrize(
    "sentence",
    [
        "蝉联全国文明城区殊荣。",
        "获评全市法治政府建设示范区。",
        "教育工作获国务院通报表扬。",
        "获评健康工作考核优秀等次。",
        "成为重要的生态窗口。",
        "成为全国健康产业投资热土。",
        "创建全省最安全地区。",
        "通过改革提升教育质量。",
        "水污染防治成效考核获评国家优秀。",
        "支持符合条件的专科学校升格为职业本科大学。",
        "花渡博物馆成为“文化名片”。",
        "让更多古风成为全国“顶流审美”。",
        "创建高校毕业生就业“五心一保”措施。",
        "花渡镇治理模式获全省改革创新奖。",
        "巩固国家卫生城市创建成果。",
        "深化平安建设创建。",
        "开展文明校园创建活动。",
        "新创建一批国家园林城市。",
        "入选全省青年发展型城市试点。",
        "获得全省老旧小区改造激励考评第2名。",
        "荣获全国平安县称号。",
        "成为全省生态旅游热土。",
        "将高血压用药纳入医保报销范围。",
        "开展创建“书香校园”活动。",
        "荣获“全省平安建设先进县”称号。",
        "获得全省老旧小区改造考评第3名。",
        "将社区食堂纳入试点。",
    ],
)
def test_general_titles_and_praise_are_left_out(review: Read, sentence: str) -> None:
    assert [found for found in review(sentence) if "ms.honour" in found.rules] == []
