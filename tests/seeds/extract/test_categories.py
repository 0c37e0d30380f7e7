import pytest

from seeds.extract.categories import HEAD, decide, head, nouns
from seeds.extract.lexicon import LIVELIHOOD, TRADE
from seeds.extract.tokens import read


def category(text: str) -> tuple[str, str] | None:
    noun = head(text, read(text, 0, len(text)), 0, len(text))
    return (noun.slug, noun.rule) if noun else None


def slug_of(text: str) -> str | None:
    found = category(text)
    return found[0] if found else None


# By category, what its listed nouns must claim: the last noun decides, whatever place or owner stands before it.
MUST = {
    "education": """
        新建标准化幼儿园6所 体育特色学校12所 足球特色小学5所 农村寄宿制学校8所 乡镇中心幼儿园3所 新增公办学位2400个
        消除大班额320个 职业教育改革示范园2个 义务教育巩固率98% 招聘中小学教师600名 发放学生营养餐补助 学生资助8000人次
        学前教育普惠率92% 农村教师周转房200套 建成智慧校园30个 保障随迁子女入学1.2万人 高中阶段毛入学率95%
        课后服务覆盖学校 教师宿舍120间 发放教师供热补贴2000人 农村学校取暖改造 改善办学环境 乡村教师生活补贴
        新建第三实验小学 新改扩建中小学校舍30万平方米 大学新校区一期 职业技术学院升格 高考本科上线率 引进名校6所
        打造名师工作室40个 取缔校外培训机构60家 学校塑胶跑道5条 创客教室20间 理化生实验室12间 改薄项目30个
        智慧黑板300块 师生公寓楼2栋 青少年德育讲堂6个 乡村学校少年宫4个 教育经费投入 实施学前教育行动计划
        农村校改项目12个 花渡学园 标准化考场120个 高考本科录取3200人 县中振兴计划 教联体12个 贫困生资助3000人
        校外活动中心2个 技校2所 配套园治理6所
    """,
    "health": """
        红十字卫生站5个 村级卫生室120个 乡镇卫生院改造14所 自然村卫生室30个 新增医疗床位800张 选派专家出诊300次
        门急诊量36万人次 为农村妇女免费筛查2万人 家庭医生签约率75% 健康驿站4个 县域紧密型医共体2个
        每千人口执业医师数2.9人 疫苗接种率 配备救护车12辆 胸痛中心3个 三级甲等医院1家 社区卫生服务站改造9个 健康E站6个
        妇幼保健院迁建 公立医院药占比 药品集中采购降价 中医馆全覆盖 卫生院职工周转用房 传染病发病率 创建国家卫生县城
        无偿献血2万人次 人均预期寿命 全科医生每万人 新冠疫苗接种120万剂次 慢性病综合防控示范区 乡村医生养老待遇
        心理咨询室 社康中心12家 学生龋齿窝沟封闭 国际医学城 社会办医机构30家 消毒供应中心 麻疹发病率 园区健康服务点40个
        新生儿救治中心1家 县医院外科楼 增配CT4台 癌症早筛2万人 脊柱侧弯筛查3万人 中药房6家 种植牙费用 罕见病用药
        孕前检查3000对 免陪照护病区 医院东院区 核酸采样点60个 平价药店20家
    """,
    "transport": """
        国省干线公路改造86公里 村组道路硬化150公里 通村路60公里 资源旅游产业路40公里 小街巷改造25条 巷道硬化12公里
        农村道路硬化300公里 城市快速路2条 跨江大桥1座 低空起降设施2个 铁路营业里程 机场旅客吞吐量 内河航道整治40公里
        新能源公交车100辆 新增停车泊位1500个 公共自行车2000辆 投放公共自行车 寄递物流站点80个 村级寄递服务点120个
        农村公路安防工程200公里 港口货物吞吐量 农村客运通车率 园区道路8公里 学校和医院周边道路10条 景区旅游公路30公里
        快递进村率 高速公路通车里程 省道改建工程 高铁站房 公交专用道20公里 公交首末站3个 农村公路管养 铁路专用线
        危桥改造12座 断头路打通6条 港区泊位3个 港口集装箱吞吐量 客货邮融合站点 交通安全设施提升 道路交通标线
        行政村通硬化路率 通公交率 自然村通水泥路 人行天桥4座 国内航线18条 立体停车库2座 乡镇快递网点覆盖率
        路面大中修80公里 城市次干道 公共停车场8处 慢行步道 建制村通客车率 环城公路 农村水泥（沥青）路90公里
        大道南延工程 磁浮快线 右转车道6处 涵洞9座 解决行路难 出租汽车100辆 立体车库3座 精品示范路20条 花渡客专
        柳湾过江通道 城乡交邮站20个 油返砂整治60公里 寄递物流中心1个 医院周边停车 过街地道3条 智能快递柜300组
        交叉口渠化改造12处 平均通勤时间 疏港集疏运通道 铁路电气化改造40公里 老年人免费乘车 村组路80公里 行政村直接通邮
    """,
    "housing": """
        经济适用房600套 经济适用住房建设2万平方米 廉租房500套 公租房分配900套 保障性租赁住房3000套 共有产权房400套
        棚户区改造1200户 农村危房改造800户 残疾人、低保户危房改造300户 农房抗震改造4000户 易地搬迁安置房260套
        既有住宅加装电梯90部 物业服务覆盖率 老旧小区改造46个 城中村改造7个 发放租房补贴1200户 农民安置房300套
        保交楼项目3个 社区综合服务中心5个 集中安置点4个 城市危旧房解危120栋 住房公积金贷款 农村住房安全
        生态移民搬迁安置 安置小区3个 烂尾楼处置6个 不动产证办理 更新改造老旧电梯60台 无物业小区清零 干部职工周转房
        老旧楼院40个 住房困难家庭保障 高品质生活服务圈6个 暖房子工程 非成套住宅改造 窑洞加固90孔 城市更新项目12个
        老旧街区改造3个 完整社区6个 牧民定居房 土坯房改造 配租公租房 人才公寓200套 公积金新增缴存职工3万人
        住宅节能保温改造20万平方米 睦邻中心9个 滩区居民迁建900户 货币安置300户 平房申请式退租 空心房300座 还建房600套
        生态移民1200户 农民建房300户 交房即交证项目12个 公租房实物配租300户 片区综合开发3个 老旧小区环境综合整治
        城市品质提升项目12个 老厂房改造3处
    """,
    "elderly_childcare": """
        农村互助幸福院20个 社区日间照料中心16个 长者食堂30个 村级孝老食堂40个 特殊困难老年人家庭适老化改造500户
        失能特困供养服务机构6所 儿童之家12个 童伴之家8个 未成年人保护工作站15个 乡镇敬老院改造6所 养老护理员培训
        发放高龄津贴3万人 医养结合机构4家 发放独生子女费 养老服务机构护理型床位占比 城乡居家养老服务站 社区老年助餐点
        托育机构12家 婴幼儿照护服务机构 农村特困供养机构 失能老人家庭养老床位 留守儿童关爱 综合为老服务中心2家
        爱心暑托班24个 假期公益托管服务 认知障碍照护床位70张 儿童福利院 母婴室 发放育儿补贴 社会福利中心 康养床位
        老年活动中心 四点半课堂 宝宝屋12个 童心港湾8个 妇儿驿站30家 科学育儿指导站15个 寒托班20个 老年餐桌40个
        养老睦邻点9个 颐养院2家 儿童福利机构2家 巡访独居老人4000人 计生特殊家庭奖扶金
    """,
    "social_security": """
        困境儿童120人 五保供养率 贫困发生率 消除返贫致贫风险1200户 脱贫人口5.2万人 城镇新增就业2万人 农村公益岗2000个
        乡村公益性岗位1000个 农村劳动力转移12万人 农民职业技能培训3000人次 劳务输出8万人 城乡居民医保参保率
        工伤保险参保人数 残疾人托养中心2个 退役军人服务站180个 农村公益性公墓12处 殡仪馆改造1座 城镇居民人均可支配收入
        农村居民人均纯收入 社工站24个 发放临时救助金 光伏电站、农机车库等7个增收项目 高校毕业生就业率 零工市场5个
        企业退休人员养老金 建档立卡贫困户脱贫 易地搬迁群众就业 失业保险金 城乡居民基本养老金 调解劳动争议
        农民工工资清欠 创业担保贷款 高技能人才培训 残疾人辅具适配 困难残疾人两项补贴 慈善捐款 最低工资标准
        马兰花创业培训 就业帮扶车间 退役士兵安置 优抚对象抚恤 城乡收入比 小额担保贷款1200万元 农村绝对贫困人口
        助听器适配 报销医药费 丧葬补贴 工会驿站 基本医疗保险参保人数 长期护理保险 无障碍改造 就业超市3家 直播带岗60场
        节地生态墓园2处 自闭症儿童训练300人 现役军人优待证8000张 老年人意外伤害保险 居民医保财政补助 困难职工取暖补贴
        快递小哥驿站12个 企业新型学徒800名 职工疗休养2000人次
    """,
    "culture_sports": """
        花渡博物院新院 农家书屋80个 送戏下乡300场 社区健身路径50条 体育公园3个 全民健身中心2座 新增体育场地20万平方米
        城市书房10个 国家级非遗项目3项 全国重点文物保护单位2处 广播电视村村通 农村电影放映4000场 数字图书馆
        举办马拉松赛事4场 县级融媒体中心 中国传统村落6个 文化馆、图书馆等场馆免费开放 乡镇综合文化站 文化广场30个
        足球场12片 笼式足球场 农民运动会 乡村大舞台 农体工程器材 全民健身步道20公里 石刻保护 乡村戏台9座 文物腾退
        世界文化遗产点 非遗工坊 省运会金牌 历史建筑修缮 考古遗址公园 旅游文化节 社区图书室 新时代文明实践站 县志编纂
        悦读空间20个 市民夜校40个 送图书2万册 一村一场戏300场 桃花节2届 馆藏图书40万册 祠堂修缮6处 轮滑场4片
        广场舞台8座 图书馆新馆 传统民居修缮30栋
    """,
    "water_sanitation": """
        农村饮水安全工程60处 日供水5万吨水厂 水窖1200口 压减地下水开采300万立方米 农村自来水普及率 城市污水处理率
        城镇污水管网48公里 生活垃圾分类覆盖率 公厕26座 农村改厕5000户 雨污分流改造30公里 国控断面水质优良率 幸福河湖2条
        村庄污水治理率 节水型单位 河道清淤40公里 餐厨垃圾处理厂1座 农村集中供水率 小型水库 引调水工程 建成区黑臭水体
        生活垃圾无害化处理率 乡镇垃圾中转站 医疗废物处置中心 入河排污口 海绵城市 再生水利用率 易涝点整治 农村黑臭水体
        畜禽粪污综合利用率 吸污车12辆 窨井改造 水务一体化项目 渠道防渗60公里 机电井80眼 衬砌渠道45公里 山坪塘20口
        沟渠25公里 小区老旧水表3万只 提灌站12座 万元GDP用水量 老旧供水管网 旅游厕所 整改淹水点9处 橡胶坝2座
        群众喝上放心水 五水共治 除涝面积2万亩 花渡闸 蓝藻打捞 一水两污项目 管网错混接点改造260处 病死畜禽收集点12个
        零直排小区40个 净化消毒设备90套 屋顶水箱改造400个 新建改造供排水、供热管网160公里 “两污”处理率
    """,
    "environment": """
        新增城市绿地60万平方米 营造林12万亩 口袋公园18个 PM2.5平均浓度 空气优良率 受污染耕地安全利用率
        废弃矿山修复600亩 湿地保护面积 单位生产总值二氧化碳排放 退耕还林5万亩 淘汰燃煤锅炉40台 城市绿道35公里
        森林覆盖率 道路绿化30公里 秸秆综合利用率 国土绿化20万亩 村庄绿化 松材线虫病 生态公益林 环保督察问题整改
        污染地块 化肥农药使用量 臭氧浓度 挥发性有机物治理 国家森林城市 老旧柴油车淘汰 散煤治理 海岸线修复 古树名木
        绿色工厂 碳排放强度 草原综合植被盖度 钢铁企业超低排放改造 中小河流治理 清洁小流域 河道治理9公里 生态河道
        瀑渡河护岸 危险废物 公共建筑节能改造 水利风景区 附属空间开放 烟粉尘排放达标率 小开荒清退 采煤沉陷区治理
        建成区绿地率 退捕渔民 荒漠化治理 水土流失治理面积 林荫道6公里 建成生态文明镇2个 聘用生态护林员300名
        补植补造2万亩 能源消费总量 美国白蛾防治 野生动物救护站 卫生整治行动 低效林改造2万亩 船舶岸电12套
        户外广告整治300块 沿街立面整治6公里 矿坑修复5处 珊瑚礁修复 生态缓冲带8公里 水源涵养林3万亩 煤炭消费量下降
        GEP核算 淤地坝30座 生态补水 绿色乡村30个 氨氮排放量
    """,
    "rural": """
        农村集体产权制度改革试点
        高标准农田8万亩 高效节水灌溉面积2万亩 和美乡村示范村15个 村级集体经济年收入 农村人居环境整治 农民专业合作社30家
        美丽宜居村庄40个 主要农作物耕种收综合机械化率 新农村建设点20个 试点村12个 经济薄弱村30个 家庭农场150家
        耕地保有量 农村土地流转面积 农村集体产权制度改革 撂荒地复耕 设施大棚 中药材种植 农机总动力 乡村振兴示范带
        美丽庭院 新型农业经营主体 农业社会化服务 现代化海洋牧场2个 灌溉面积 油茶林 村庄整治 牲畜暖棚800座 三清三改
        牧区合作经济组织30家 圈舍改造 旱涝保收田1万亩 土地平整1万亩 良种繁育基地5万亩 美丽屋场30个 粮田2万亩
        流转土地6万亩 烤房600座 优质农产品基地8个 烘干中心6家 机耕路60公里 典型村15个 为农服务中心6家 绿色食品基地12个
        打造乡村旅游示范村12个 双高糖料蔗基地3万亩 66个贫困县全部摘帽 920个贫困村全部出列
        财政扶贫专项资金2亿元 大水面养殖 避风港2处 轮作休耕6万亩 金牌旅游村6个
    """,
    "utilities": """
        110千伏变电站3座 农村电网改造120公里 行政村通宽带率 自然村通光纤 农村天然气入户8000户 集中供热面积 充电桩2000个
        小区充电桩1200个 5G基站900个 综合管廊14公里 安装路灯1500盏 光伏发电装机 城区亮化工程
        学校和医院供暖管网改造8公里 社区公共充电桩 供电可靠率 农网改造 天然气管道 千兆光网 农村路灯 换电站 抽水蓄能电站
        4G网络覆盖 热电联产 老旧燃气管网 农村光伏电站 生物质发电 储能电站 线缆入地 停车场充电设施 供热主管网30公里
        主干电网 燃气主管道9公里 智能电表80万只 低压线路230公里 220kV线路60公里 市政配套 电压合格率 手机信号盲点
        瓶改管4000户 光储充一体站6座 农村道路亮化30公里 长输管道90公里 合表户改造3000户 5G覆盖率 千兆小区60个
        农村清洁取暖改造2万户 沼气池600口 全社会用电量
    """,
    "public_safety": """
        防洪堤12公里 乡镇专职消防队6支 农村派出所改造4个 天网监控探头3000个 雪亮工程 应急避难场所12处
        森林防火通道80公里 食品抽检合格率 生产安全事故起数 刑事案件发案率 学校消防设施改造 高层住宅消防设施改造30栋
        交通劝导站40个 气象监测站20个 尾矿库闭库3座 校园安防工程 救灾物资储备库2座 智慧消防 一级消防站
        道路交通事故死亡人数 电信诈骗发案 燃气报警器 自建房安全隐患 农产品质量安全检测 防汛物资 山洪沟治理 边坡治理
        视频监控 应急广播 救援队伍 药品抽检 明厨亮灶 看守所 戒毒所 人防工程 灾后重建项目 消防给水管网 两抢案件
        燃气自闭阀3万个 小区防盗门600樘 智能门禁200套 独立式感烟报警器2万只 侵财案件 涉案资金止付3000万元
        社区矫正中心1个 人民法庭2个 高清摄像机1200台 安全出口300处 家宴中心20个 食品小作坊改造60家 非煤矿山关闭3座
        学校食堂“阳光厨房”80家 农村家宴“放心厨房”6家 食品企业“阳光工厂”3家
    """,
    "economy": """
        工业园区标准厂房20万平方米 规模以上工业企业60家 社会消费品零售总额 实际利用外资 接待游客300万人次 旅游综合收入
        养老产业产值 体育产业总规模 粮食总产量 生猪出栏40万头 高新技术企业120家 农产品加工产值 商品房销售面积
        星级民宿20家 农贸市场改造5个 新能源汽车产量 招商引资项目80个 医药产业园3个 批发市场2个 国家重点实验室1个
        物流园区2个 地区生产总值 城区商业综合体 出口总额 上市企业 发明专利 旅游景区 乡村旅游点 电商服务站 冷链物流基地
        茶产业产值 数据中心机架 科技型中小企业 市场主体 税收收入 贷款余额 水产品产量 人才引进 公用品牌 游客中心
        开发区基础设施 农村产权抵押贷款 农旅融合示范线 粮食种植面积 智慧菜场20家 光伏产业园2个 风电叶片 柑橘产量
        生态旅游收入
    """,
    "governance": """
        一般公共预算支出 政务服务事项网办率 审计问题整改率 行政复议案件办结率 信访积案化解率 拆除违法建筑60万平方米
        常住人口城镇化率 法律援助案件1200件 民事纠纷调解成功率 人大代表建议办复率 注册志愿者人数 民生支出占比 机构改革
        公务员招录 财政收入 政务服务大厅 乡镇便民服务改革事项 民兵 社区网格员 全国文明城市 法律顾问 水电气报装时限
    """,
}
CASES = [(slug, phrase) for slug, phrases in MUST.items() for phrase in phrases.split()]


@pytest.mark.parametrize(("slug", "phrase"), CASES)
def test_a_listed_noun_decides(slug: str, phrase: str) -> None:
    assert slug_of(phrase) == slug


def test_of_two_words_the_right_one_decides() -> None:
    roads = ("107国道花河段改造工程", "S280线花柳二期改造工程", "花渡路东段", "8条地铁线路等在建项目")
    assert {slug_of(road) for road in roads} == {"transport"}
    assert slug_of("地表水断面水质优良率") == "water_sanitation"
    assert slug_of("城市空气质量优良率") == "environment"


def test_every_category_has_its_table() -> None:
    assert set(MUST) == LIVELIHOOD | TRADE


# What a category's words must not claim: the word that lures, the phrase, what it is.
@pytest.mark.parametrize(
    ("lure", "phrase", "slug"),
    [
        ("education", "学校周边道路5条", "transport"),
        ("education", "校园安防工程", "public_safety"),
        ("education", "教育装备产业产值", "economy"),
        ("health", "医药产业园2个", "economy"),
        ("health", "医院停车场3处", "transport"),
        ("health", "健康产业增加值", "economy"),
        ("transport", "社工站12个", "social_security"),
        ("transport", "健康驿站6个", "health"),
        ("transport", "广播电视村村通", "culture_sports"),
        ("transport", "自然村通光纤", "utilities"),
        ("transport", "道路绿化20公里", "environment"),
        ("transport", "停车场充电桩300个", "utilities"),
        ("transport", "森林防火通道60公里", "public_safety"),
        ("housing", "小区充电桩400个", "utilities"),
        ("housing", "小区消防设施", "public_safety"),
        ("housing", "商品房销售面积", "economy"),
        ("elderly_childcare", "养老产业产值", "economy"),
        ("elderly_childcare", "城乡居民养老保险参保人数", "social_security"),
        ("elderly_childcare", "老年大学2所", "education"),
        ("social_security", "残疾人家庭危房改造40户", "housing"),
        ("social_security", "贫困村道路硬化90公里", "transport"),
        ("social_security", "农民工子弟学校3所", "education"),
        ("social_security", "民生支出占比", "governance"),
        ("culture_sports", "体育特色学校6所", "education"),
        ("culture_sports", "文化产业增加值", "economy"),
        ("culture_sports", "体育产业总规模", "economy"),
        ("water_sanitation", "水电站2座", "utilities"),
        ("water_sanitation", "河岸绿化8公里", "environment"),
        ("water_sanitation", "水产品产量", "economy"),
        ("environment", "体育公园4个", "culture_sports"),
        ("environment", "公园停车位200个", "transport"),
        ("environment", "环保产业产值", "economy"),
        ("rural", "农村危房300户", "housing"),
        ("rural", "村级卫生室50个", "health"),
        ("rural", "乡村公益性岗位800个", "social_security"),
        ("rural", "农村寄递物流服务点60个", "transport"),
        ("rural", "自然村道路80公里", "transport"),
        ("rural", "乡镇敬老院4所", "elderly_childcare"),
        ("rural", "农业总产值", "economy"),
        ("utilities", "铁路电气化改造", "transport"),
        ("transport", "改革出路", "governance"),
        ("transport", "电网互联互通", "utilities"),
        ("transport", "电力外送通道", "utilities"),
        ("water_sanitation", "供热二级管网8公里", "utilities"),
        ("water_sanitation", "天然气输气管道", "utilities"),
        ("elderly_childcare", "农业生产托管服务中心6个", "rural"),
        ("elderly_childcare", "公路养护中心3处", "transport"),
        ("housing", "道路微改造12条", "transport"),
        ("utilities", "供热企业超低排放改造", "environment"),
        ("utilities", "光伏产业产值", "economy"),
        ("public_safety", "农村饮水安全工程", "water_sanitation"),
        ("public_safety", "住房安全保障", "housing"),
        ("economy", "经济适用房200套", "housing"),
        ("economy", "企业退休人员养老金", "social_security"),
        ("economy", "园区道路6公里", "transport"),
        ("governance", "职业教育改革示范园2个", "education"),
        ("governance", "政府投资的廉租房", "housing"),
        ("education", "应急救护师资培训60人", "public_safety"),
        ("education", "贫困生活补助", "social_security"),
        ("elderly_childcare", "学校食堂40个", "education"),
        ("culture_sports", "总体质量提升", None),
        ("culture_sports", "山体公园免费开放", "environment"),
        ("public_safety", "食品产业园", "economy"),
    ],
)
def test_a_modifier_does_not_decide(lure: str, phrase: str, slug: str | None) -> None:
    assert (slug_of(phrase), slug != lure) == (slug, True)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("四好农村路", "transport"),
        ("旧房改造", "housing"),
        ("改厕", "water_sanitation"),
        ("公园", "environment"),
        ("体育公园", "culture_sports"),
        ("医养结合", "elderly_childcare"),
        ("口袋公园", "environment"),
        ("公厕", "water_sanitation"),
        ("超充站", "utilities"),
        ("公墓", "social_security"),
        ("粮食产量", "economy"),
        ("空气优良天数", "environment"),
    ],
)
def test_the_guidelines_ties(text: str, slug: str) -> None:
    assert category(text) == (slug, f"cat.{slug}")


@pytest.mark.parametrize(
    ("text", "slug", "rule"),
    [
        # What 等 sums the list up as decides; where it says nothing, the first member.
        ("光伏大棚、民宿等6个增收项目", "social_security", "cat.social_security"),
        ("花渡中学、花渡医院等6个项目", "education", "cat.first"),
        ("污水处理率、受污染耕地安全利用率", "water_sanitation", "cat.first"),
        ("花渡大学等高等院校2所", "education", "cat.education"),
        # Without 等 the first member decides, unless a head stands behind them all.
        ("厕所改造和公园建设项目", "water_sanitation", "cat.first"),
        ("鱼塘标准化改造和尾水治理", "rural", "cat.first"),
        ("水库、公园和龘靐", "water_sanitation", "cat.first"),
        ("幼儿园和小学周边道路7条", "transport", "cat.transport"),
        ("脱贫户、低保户危房改造90户", "housing", "cat.housing"),
        ("背街小巷和农家院落路灯", "utilities", "cat.utilities"),
        ("软件与物联网学院", "education", "cat.education"),
        # Pay goes with the service of the staff.
        ("乡村教师生活补贴", "education", "cat.education"),
        ("村医养老待遇", "health", "cat.health"),
    ],
)
def test_lists_and_owners(text: str, slug: str, rule: str) -> None:
    assert category(text) == (slug, rule)


@pytest.mark.parametrize(
    ("clause", "slug", "rule"),
    [
        ("建成9个初级版、4个高级版“共富乡村”", "rural", "cat.series"),
        ("推进70个示范村、60个自然村道路硬化", "transport", "cat.series"),
        ("新建4个、改造6个社区卫生服务站", "health", "cat.series"),
        ("新建4个、6个社区卫生服务站", "health", "cat.series"),
        ("建成示范村7个、村组道路9公里", "rural", "cat.rural"),
    ],
)
def test_a_member_of_a_series_takes_the_head_behind_it(clause: str, slug: str, rule: str) -> None:
    end = clause.index("、")
    noun = head(clause, read(clause, 0, end), 0, end)
    assert noun is not None
    assert (noun.slug, noun.rule) == (slug, rule)


def test_a_bare_member_means_what_was_named_before() -> None:
    clause = "改造供水管网，竣工4公里、6公里供热管网"
    start, end = clause.index("竣"), clause.index("、")
    assert head(clause, read(clause, start, end), start, end) is None


def test_another_measure_word_is_another_thing() -> None:
    clause = "建成龘靐3座、学校2所"
    end = clause.index("、")
    assert head(clause, read(clause, 0, end), 0, end) is None


FORMS = {
    # The last character of an unknown name; of a road or bridge even where it stands alone behind a known word.
    ("transport", "cat.suffix"): "渝湖路 龘靐桥 智慧路 便民桥 民生巷等 养护路6条 花渡大道柳湾段整治 龘靐公路柳湾段治理",
    # A section that is treated is one of a river, unless it is one of a road.
    ("environment", "cat.suffix"): "肖家河 柳湾沟治理 花渡河城区段综合治理 龘靐河柳湾段整治 龘海治理",
    ("water_sanitation", "cat.suffix"): "龘靐塘 龘靐闸",
    ("housing", "cat.suffix"): "龘靐片区衔接开发",
    ("rural", "cat.unit"): "发展莓茶3000亩 龘靐园2.3万余亩 农村龘靐600亩",
}


@pytest.mark.parametrize(("told", "text"), [(told, text) for told, texts in FORMS.items() for text in texts.split()])
def test_an_object_speaks_by_its_form(told: tuple[str, str], text: str) -> None:
    assert category(text) == told


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("农村家庭教育", "education"),
        ("小区监控", "public_safety"),
        ("老年人文体活动", "culture_sports"),
        ("困难群众医疗", "health"),
        ("园区交通", "transport"),
        # What names no service leaves it to whom the thing is for; so does care of the old, and schooling of members.
        ("企业培训", "economy"),
        ("老人床位", "elderly_childcare"),
        ("党员教育", "governance"),
        ("村庄治理", "rural"),
        ("教师培训", "education"),
    ],
)
def test_a_theme_decides_behind_whom_it_is_for(text: str, slug: str) -> None:
    assert slug_of(text) == slug


@pytest.mark.parametrize(
    "text", ["体育路2公里", "学院路、文化路等5条", "公园路改造", "人民医院路东段", "科技路", "书院街"]
)
def test_a_street_called_after_what_stands_in_it_is_a_street(text: str) -> None:
    assert category(text) == ("transport", "cat.suffix")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("学校路灯", "utilities"),
        ("学院路小学", "education"),
        ("文创街", "economy"),
        ("养老路径", "elderly_childcare"),
        ("供电线路", "utilities"),
    ],
)
def test_a_word_that_goes_on_behind_names_no_street(text: str, slug: str) -> None:
    assert slug_of(text) == slug


@pytest.mark.parametrize("name", ["平房中学", "竹山医院", "稻田公园", "大塘水库", "晒场路", "埠头小学"])
def test_what_often_stands_in_a_name_is_no_word_of_a_category(name: str) -> None:
    assert read(name, 0, 2).tokens == []


@pytest.mark.parametrize("text", "龘靐驿站 新思路 网站 防线 手段 全镇 3万多亩左右 平整场地300亩 龘靐用地60亩".split())
def test_everyday_words_and_bare_acres_tell_nothing(text: str) -> None:
    assert category(text) is None


@pytest.mark.parametrize("text", ["渝湖路片区", "龘靐", ""])
def test_a_name_that_only_modifies_weighs_little(text: str) -> None:
    noun = decide(nouns(text, read(text, 0, len(text)), 0, len(text)))
    assert noun is None or noun.weight < HEAD
