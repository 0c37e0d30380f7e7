import pytest

from seeds.extract.milestones import Milestone, final_code, final_verbs, lead_verbs, milestone
from seeds.extract.tokens import read


def marked(text: str, *, counted: bool = False) -> Milestone:
    words = read(text, 0, len(text))
    lead, final = lead_verbs(text, words.tokens, 0), final_verbs(words.tokens, len(text))
    return milestone(words, lead, final, counted=counted)


def code_and_rule(text: str, *, counted: bool = False) -> tuple[str, str]:
    mark = marked(text, counted=counted)
    return mark.code, mark.rule


@pytest.mark.parametrize(
    ("text", "code", "rule"),
    [
        ("建成清河小学", "complete", "ms.lead"),
        ("清河小学建成投用", "complete", "ms.final"),
        ("推动清河大道建成通车", "complete", "ms.final"),
        ("清河片区完成城市更新", "complete", "ms.mid"),
        ("开工建设清河大道", "start", "ms.lead"),
        ("推动清河医院项目开工", "start", "ms.final"),
        ("全面开工建设清河大道", "start", "ms.lead"),
        ("清河大道取得实质性进展", "progress", "ms.final"),
        ("启动区殡仪馆迁建项目", "start", "ms.lead"),
        ("启动进港铁路前期工作", "plan", "ms.final"),
        ("制定《清河规划》", "plan", "ms.lead"),
        ("加快清河大道建设", "progress", "ms.lead"),
        ("推进龙湖古镇升级改造", "progress", "ms.lead"),
        ("清河大道加快建设", "progress", "ms.final"),
        ("实施清河流域治理工程", "progress", "ms.lead"),
        ("森林覆盖率达到55%", "level", "ms.level"),
        ("续建清河小学", "progress", "ms.lead"),
        ("清河大道进入路面施工阶段", "progress", "ms.final"),
        ("开展清河大道前期工作", "plan", "ms.final"),
        ("社会风气良好", "", "ms.none"),
    ],
)
def test_milestones(text: str, code: str, rule: str) -> None:
    found = code_and_rule(text)
    assert (found[0], found[1] if code not in ("", "level") else rule) == (code, rule)


def test_carrying_out_something_counted_completes_it() -> None:
    assert code_and_rule("实施土地整理3200亩", counted=True) == ("complete", "ms.lead")


@pytest.mark.parametrize(
    ("text", "code"), [("清河小学建成投用", "complete"), ("清河大道开工", "start"), ("清河大道建设", "")]
)
def test_only_an_end_state_or_a_start_closes_the_pieces_before(text: str, code: str) -> None:
    assert final_code(final_verbs(read(text, 0, len(text)).tokens, len(text))) == code


def test_a_verb_of_care_is_soft() -> None:
    assert marked("加强教师队伍建设").weak
