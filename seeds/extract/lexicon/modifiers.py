"""Nouns that mostly tell where or for whom: they decide a category only where no other noun does."""

from seeds.extract.words import words

_PLACES = """
    农村 乡村 村 镇 乡镇 村镇 镇村 村级 镇级 乡级 自然村 行政村 建制村 村庄 村组 村民 农民 农户 城乡 社区 中心村
    特色村 示范村 示范镇 示范户 农村户 农村居民 农村人口 新村 居民新村 中心场镇 场镇 撤并场镇 小城镇 小区 住宅小区
    安置小区 景区 园区 开发区 企业 山区 库区 脱贫村 贫困村 贫困县 脱贫县 脱贫地区 贫困地区 学校周边 医院周边 流域
    沿线
"""
_OWNERS = """
    老年人 老人 高龄老人 特困老人 失能老人 留守老人 孤寡老人 残疾人 贫困户 脱贫户 贫困人口 脱贫人口 低保户
    低保对象 五保户 特困人员 困难群众 困难家庭 困难职工 低收入人口 低收入家庭 农民工 退役军人 优抚对象 军人 学生
    中小学生 在校生 师生 教师 医务人员 医护人员 医师 护士 儿童 留守儿童 困境儿童 孤儿 婴幼儿 妇女 劳动者
    户外劳动者 失业人员 就业困难人员 高校毕业生 监测对象 渔民 搬迁群众 安置群众 征地群众 拆迁群众 移民 人才 专家
    志愿者 党员 干部 游客 职工 四类人员 受灾群众
"""
WORDS = words(_PLACES) | words(_OWNERS)
# Pay and allowances of these go with the service they render.
STAFF = words("教师 乡村教师 教职工 幼儿教师 特岗教师 中小学教师 医务人员 医护人员 医生 乡村医生 村医 护士 医师")
