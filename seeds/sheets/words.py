"""The words by which offices judge a task, and what each says of it."""

COMPLETED, IN_PROGRESS, PARTIAL, NOT_MET, NOT_STARTED = (
    "completed", "in_progress", "partial", "not_met", "not_started",
)  # fmt: skip

# A word as it stands alone in a cell → the verdict.
JUDGEMENTS = {
    **dict.fromkeys(
        "已完成 完成 提前完成 超额完成 全面完成 全部完成 圆满完成 如期完成 按期完成 按时完成 已办结 办结 已销号 已完工 完工 已竣工 竣工 已建成 建成 已达标 达标 已实现 实现 "
        "已投用 投用 蓝灯 蓝色".split(),
        COMPLETED,
    ),
    **dict.fromkeys(
        "达序时 已达序时 达到序时 达时序 达到时序 达进度 达到序时进度 达序时进度 达时序进度 按序时 按序时进度 按序时推进 按时序 按时序推进 序时推进 符合序时 符合序时进度 正常推进 正常 "
        "有序推进 顺利推进 推进中 持续推进 长期推进 长期坚持 正在推进 加快推进 稳步推进 按计划推进 按进度推进 进行中 实施中 建设中 在建 正在实施 正在建设 已启动 已开工 开工 启动 "
        "超序时 超时序 超进度 超序时进度 快于序时 快于序时进度 超前 未达序时 未达时序 未达序时进度 未达到序时 未达到序时进度 未达时序进度 欠序时 欠时序 欠进度 慢于序时 慢于序时进度 低于序时 "
        "滞后 进度滞后 滞后序时 推进缓慢 进展缓慢 缓慢 推进较慢 进度较慢 较慢 基本达序时 基本达时序 绿灯 绿色 黄灯 黄色 红灯 红色 橙色".split(),
        IN_PROGRESS,
    ),
    **dict.fromkeys("部分完成 基本完成 大部分完成 部分未完成 完成部分 部分达标 阶段性完成".split(), PARTIAL),
    **dict.fromkeys("未完成 未达标 未实现 未达目标 未达到目标 未达到年度目标 未能完成 无法完成 难以完成 不达标 未达到".split(), NOT_MET),
    **dict.fromkeys(
        "未启动 未开工 尚未启动 尚未开工 尚未开展 未开展 未实施 暂未启动 暂未开工 未动工 未开始 暂缓 暂缓实施 暂停 停工".split(),
        NOT_STARTED,
    ),
}  # fmt: skip

# Deadlines that name no day: the task goes on.
LASTING = frozenset(
    "长期坚持 持续推进 长期 长期推进 持续 常年 常态化 常态化推进 持续实施 长期任务 贯穿全年 按计划推进 按进度推进 分年度推进 按时间节点 按期推进 每月 每季度 每年 按季度推进 "
    "持续开展 持续加强 长期开展 滚动推进 适时 按要求 按上级要求".split()
)

# Causes of a delay as DelayReason codes them; the first that fits decides.
CAUSES = (
    ("force_majeure", r"疫情|汛期|洪水|洪涝|暴雨|高温|极端天气|台风|地震|限电|自然灾害|不可抗力|雨季|寒潮"),
    ("statistics", r"统计|口径|系数|换算|核算|基数"),
    ("company_deferred", r"企业(?:内部|自身|经营|搬迁)|(?:企业|业主|投资方|投资人|开发商|市场主体)[^，。；]*(?:暂缓|困难|放弃|退出|未定|意愿|原因)|市场(?:原因|低迷|行情)"),
    ("contractor", r"施工单位|总包|承包|施工方|施工组织|承建|中标单位|分包|施工力量|工人|劳务|材料(?:供应|价格)|质量问题"),
    ("funding", r"资金|专项债|补助|融资|经费|欠款|预算"),
    ("planning", r"规划(?:修编|调整|变更)|红线(?:调整|变更)"),
    (
        "approval",
        r"(?:未|尚未|待|须|需|须经|需经|等待|未获|未能)[^，。；]{0,14}(?:批复|审批|审查|评审|批准|核准|许可|获批|同意|验收|备案)|审查同意|未(?:获|被)?列入|手续|报批|审批",
    ),
    ("planning", r"规划|方案|设计|变更"),
    ("land", r"征地|拆迁|征收|用地|选址|红线|管线|迁改|土地|腾地|占地|林地|耕地|征拆|房屋"),
)  # fmt: skip
