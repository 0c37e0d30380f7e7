"""A city with the reports of three years, made up: what is promised in one is answered, or not, in the next."""

from projects.models import Report
from seeds import ingest
from tests import factories

PLACE = "441800"


def report(year: int, review: str, plan: str) -> str:
    """Return the text of one year's report."""
    return (
        f"清源市人民政府工作报告\n\n——{year}年1月10日在清源市第三届人民代表大会上\n\n"
        f"一、{year - 1}年工作回顾\n\n{review}\n\n二、{year}年重点工作\n\n{plan}\n"
    )


TEXTS = {
    2023: report(
        2023,
        "建成公共停车场4个，新增公共停车位915个。新建公园2个。",
        "新建中小学6所。改造老旧小区15个。建成清河大桥。新增城镇就业2万人。建成云岭隧道。建设柳溪医联体1个。",
    ),
    2024: report(
        2024,
        "新建中小学6所。改造老旧小区12个。新增城镇就业2.1万人。柳溪医联体一体化运行持续深化，群众满意。",
        "建成清河大桥。新建中小学8所。新增城镇就业2万人。",
    ),
    2025: report(2025, "清河大桥建成通车。新建中小学8所。新增城镇就业1.9万人。", "新增城镇就业2万人。新建中小学5所。"),
}


def ingested(*years: int) -> dict[int, Report]:
    """Take in the reports of these years, by default of all three; return them by year."""
    factories.JurisdictionFactory.create(code=PLACE, name="清源市", level="prefecture")
    for year in years or TEXTS:
        run = ingest.submit(f"{year}.txt", TEXTS[year].encode(), ingest.Hints()).run
        assert run is not None
        assert ingest.process(run.pk, "worker@test")
        run.refresh_from_db()
        assert run.report is not None, run.reason
    return {one.year: one for one in Report.objects.all()}
