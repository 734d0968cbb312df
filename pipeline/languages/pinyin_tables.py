"""Chinese surnames, their readings where they differ from the common ones, and spellings that break the rules.

Surnames in about the order of their frequency (the Ministry of Public Security's yearly name reports give the first
hundred; the order further down is approximate). Readings after Xiandai Hanyu Cidian; place spellings after the
Chinese place-name standard GB 17693 and the romanisations of minority names in official use.
"""

from __future__ import annotations

from pipeline.languages.palladius_table import listed, pairs

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔洪赖习钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂"
    "成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫"
    "费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡"
    "鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿"
    "国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢"
    "嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由萧傅阎逄郦郇隗种秘员召折宓乜繁訾莘"
    "铁怀撒舍鄂竺丘咸布郗贲钮荀郏璩濮庾暨桓蒯酆汲邴韶诸寿步乌双贡水红"
)
"""Single surnames, commonest first."""

COMPOUND = listed(
    """
    欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 长孙 宇文 司徒 轩辕 端木 独孤 南宫 万俟 闻人 赫连 澹台
    公冶 宗政 濮阳 淳于 单于 太史 申屠 钟离 鲜于 闾丘 司空
    亓官 司寇 拓跋 百里 呼延 东郭 南门 西门 羊舌 左丘 谷梁 公羊 纳兰 完颜 叶赫 耶律 第五 梁丘 东门 南郭 北宫
    """
)
"""Compound surnames, each of two characters."""

SURNAME_READINGS = pairs(
    """
    单=shan; 曾=zeng; 解=xie; 仇=qiu; 查=zha; 区=ou; 盖=ge; 朴=piao; 任=ren; 华=hua; 乐=yue; 翟=zhai; 覃=qin
    缪=miao; 繁=po; 黑=he; 员=yun; 召=shao; 折=she; 冼=xian; 洗=xian; 宓=mi; 秘=bi; 燕=yan; 应=ying; 宁=ning
    葛=ge; 晁=chao; 郗=xi; 逄=pang; 乜=nie; 隗=wei; 佘=she; 谌=chen; 訾=zi; 牟=mu; 那=na; 阚=kan; 祭=zhai
    种=chong; 重=chong; 句=gou; 车=che; 柏=bai; 卜=bu; 都=du; 适=kuo; 褚=chu; 瞿=qu; 行=xing; 过=guo; 谷=gu
    相=xiang; 肖=xiao; 费=fei; 纪=ji; 藏=zang; 盛=sheng; 贾=jia; 薄=bo; 莘=shen; 撒=sa; 不=fou; 尉=wei; 曲=qu
    吕=lü; 闾=lü; 侣=lü; 律=lü; 沈=shen; 石=shi; 万=wan; 幺=yao; 冯=feng; 尹=yin; 长=chang; 干=gan; 於=yu
    鲜=xian; 哈=ha; 尧=yao; 俞=yu; 卡=ka; 藉=ji; 强=qiang; 沙=sha; 和=he; 参=can; 宿=su; 仉=zhang; 妫=gui
    郇=xun; 洪=hong; 郏=jia; 郄=qie; 芮=rui; 芈=mi; 尉迟=yu chi; 万俟=mo qi; 长孙=zhang sun; 令狐=ling hu
    澹台=tan tai; 单于=chan yu; 鲜于=xian yu; 亓官=qi guan; 皇甫=huang fu; 拓跋=tuo ba; 呼延=hu yan
    尉氏=wei shi; 叶赫=ye he; 耶律=ye lü; 完颜=wan yan; 宗政=zong zheng; 濮阳=pu yang; 谷梁=gu liang
    """
)
"""Toneless readings of surnames (ü kept), a space between the syllables of a compound."""

GIVEN_READINGS = pairs(
    """
    栅=shan; 隽=jun; 骁=xiao; 朝=chao; 行=xing; 长=chang; 重=zhong; 乐=le; 茜=qian; 晟=sheng; 盛=sheng; 柏=bo
    传=chuan; 都=du; 大=da
    好=hao; 和=he; 华=hua; 中=zhong; 为=wei; 万=wan; 会=hui; 兴=xing; 正=zheng; 相=xiang; 省=xing; 应=ying
    与=yu; 亚=ya; 令=ling; 可=ke; 强=qiang; 能=neng; 石=shi; 降=xiang; 隆=long; 骑=qi; 宁=ning; 尽=jin
    汤=tang; 蕃=fan; 识=shi; 适=shi; 那=na; 镐=hao; 阿=a; 鲜=xian; 少=shao; 觉=jue; 校=xiao; 载=zai; 峙=zhi
    藏=cang; 参=shen; 莎=sha; 娜=na; 单=dan; 曾=zeng; 解=jie; 予=yu; 干=gan; 着=zhe; 著=zhu; 发=fa; 卡=ka
    仔=zai; 铤=ting; 燕=yan; 廷=ting; 洋=yang; 纶=lun; 济=ji; 铭=ming; 奇=qi; 俊=jun; 娟=juan; 尔=er; 儿=er
    恒=heng; 谷=gu; 颉=jie; 琢=zhuo; 贾=jia; 璇=xuan; 衡=heng; 祗=zhi; 祺=qi; 蔚=wei; 彤=tong; 玮=wei; 耀=yao
    露=lu; 绿=lü; 率=shuai; 塞=sai; 泊=bo; 薄=bo; 核=he; 熨=yun; 轧=ga; 伽=jia; 番=fan; 咏=yong; 佛=fo; 折=zhe
    提=ti; 术=shu; 系=xi; 澄=cheng; 喆=zhe; 壁=bi; 钿=tian; 叶=ye; 呈=cheng
    """
)
"""Readings of characters in given names where several exist."""

PERSON_READINGS = pairs(
    """
    贾平凹=jia ping wa
    马朝旭=ma zhao xu; 乐玉成=le yu cheng; 乐靖宜=le jing yi; 谌龙=chen long; 覃志刚=tan zhi gang; 翟志刚=zhai zhi gang
    """
)
"""Readings of whole names where the person's own is not the commonest one."""

PEOPLE = pairs(
    """
    老舍=Lao She; 冰心=Bing Xin; 赖清德=Lai Ching-te; 陈水扁=Chen Shui-bian; 连战=Lien Chan; 朱立伦=Eric Chu
    洪秀柱=Hung Hsiu-chu; 秦始皇=Qin Shi Huang; 康熙=Kangxi; 乾隆=Qianlong; 雍正=Yongzheng
    慈禧太后=Empress Dowager Cixi; 慈禧=Cixi
    孙中山=Sun Yat-sen; 孙逸仙=Sun Yat-sen; 孙文=Sun Yat-sen; 蒋介石=Chiang Kai-shek
    蒋中正=Chiang Kai-shek; 蒋经国=Chiang Ching-kuo; 宋美龄=Soong Mei-ling
    宋庆龄=Soong Ching Ling; 李嘉诚=Li Ka-shing; 李家超=John Lee
    林郑月娥=Carrie Lam; 梁振英=Leung Chun-ying; 董建华=Tung Chee Hwa
    曾荫权=Donald Tsang Yam-kuen; 陈冯富珍=Margaret Chan; 贺一诚=Ho Iat Seng; 岑浩辉=Sam Hou Fai
    崔世安=Chui Sai On; 何厚铧=Ho Hau Wah; 李显龙=Lee Hsien Loong; 李光耀=Lee Kuan Yew
    李登辉=Lee Teng-hui; 马英九=Ma Ying-jeou; 蔡英文=Tsai Ing-wen; 李小龙=Bruce Lee; 成龙=Jackie Chan
    马云=Jack Ma; 李政道=Tsung-Dao Lee; 杨振宁=Chen Ning Yang; 孔子=Confucius; 孟子=Mencius; 老子=Laozi
    庄子=Zhuangzi; 孙子=Sun Tzu; 荀子=Xunzi; 成吉思汗=Genghis Khan; 忽必烈=Kublai Khan
    谌贻琴=Shen Yiqin; 雪克来提·扎克尔=Shohrat Zakir; 艾尔肯·吐尼亚孜=Erkin Tuniyaz
    肖开提·依明=Shohrat Imin; 努尔兰·阿不都满金=Nurlan Abilmazhinuly
    赛福鼎·艾则孜=Saifuddin Azizi; 铁木尔·达瓦买提=Tomur Dawamat
    阿沛·阿旺晋美=Ngapoi Ngawang Jigme; 帕巴拉·格列朗杰=Phagpalha Geleg Namgyai
    洛桑江村=Losang Jamcan; 齐扎拉=Che Dalha; 乌兰夫=Ulanhu; 巴特尔=Bagatur; 向巴平措=Qiangba Puncog
    热地=Raidi; 司马义·铁力瓦尔地=Ismail Tiliwaldi; 努尔·白克力=Nur Bekri; 达赖喇嘛=Dalai Lama
    班禅额尔德尼=Panchen Erdeni; 金正恩=Kim Jong Un; 金正日=Kim Jong Il; 金日成=Kim Il Sung
    金与正=Kim Yo Jong; 崔善姬=Choe Son Hui; 朴正熙=Park Chung-hee; 朴槿惠=Park Geun-hye
    文在寅=Moon Jae-in; 尹锡悦=Yoon Suk Yeol; 李在明=Lee Jae-myung; 潘基文=Ban Ki-moon
    胡志明=Ho Chi Minh; 阮富仲=Nguyen Phu Trong; 苏林=To Lam; 范明政=Pham Minh Chinh; 梁强=Luong Cuong
    安倍晋三=Shinzo Abe; 岸田文雄=Fumio Kishida; 石破茂=Shigeru Ishiba; 高市早苗=Sanae Takaichi
    """
)
"""English names that pinyin does not give."""

PLACES = pairs(
    """
    中关村=Zhongguancun; 景德镇=Jingdezhen; 漯河=Luohe; 朝阳=Chaoyang; 霍林郭勒=Holingol; 潮州=Chaozhou; 儋州=Danzhou
    中国=China; 陕西=Shaanxi; 西藏=Xizang; 内蒙古=Inner Mongolia; 香港=Hong Kong; 澳门=Macao; 台湾=Taiwan
    台北=Taipei; 高雄=Kaohsiung; 台中=Taichung; 台南=Tainan; 呼和浩特=Hohhot; 哈尔滨=Harbin; 乌鲁木齐=Urumqi
    拉萨=Lhasa; 齐齐哈尔=Qiqihar; 鄂尔多斯=Ordos; 呼伦贝尔=Hulunbuir; 乌兰察布=Ulanqab; 巴彦淖尔=Bayannur
    乌海=Wuhai; 锡林郭勒=Xilingol; 阿拉善=Alxa; 兴安盟=Hinggan; 锡林浩特=Xilinhot; 乌兰浩特=Ulanhot
    二连浩特=Erenhot; 满洲里=Manzhouli; 额尔古纳=Ergun; 海拉尔=Hailar; 扎兰屯=Zhalantun; 喀什=Kashgar
    克拉玛依=Karamay; 吐鲁番=Turpan; 哈密=Hami; 阿克苏=Aksu; 和田=Hotan; 伊犁=Ili; 塔城=Tacheng; 阿勒泰=Altay
    库尔勒=Korla; 巴音郭楞=Bayingolin; 博尔塔拉=Bortala; 克孜勒苏=Kizilsu; 昌吉=Changji; 石河子=Shihezi
    霍尔果斯=Khorgos; 阿拉山口=Alashankou; 日喀则=Xigaze; 林芝=Nyingchi; 昌都=Qamdo; 山南=Shannan; 那曲=Nagqu
    阿里=Ngari; 香格里拉=Shangri-La; 迪庆=Diqing; 西双版纳=Xishuangbanna; 德宏=Dehong; 甘孜=Garze; 阿坝=Aba
    凉山=Liangshan; 玉树=Yushu; 果洛=Golog; 海西=Haixi; 格尔木=Golmud; 德令哈=Delingha; 延边=Yanbian
    珲春=Hunchun; 佳木斯=Jiamusi; 牡丹江=Mudanjiang; 漠河=Mohe; 厦门=Xiamen; 六安=Lu'an
    六盘水=Liupanshui; 蚌埠=Bengbu; 亳州=Bozhou; 黄陂=Huangpi; 番禺=Panyu; 东莞=Dongguan; 台州=Taizhou
    乐清=Yueqing; 丽水=Lishui; 洪洞=Hongtong; 长治=Changzhi; 重庆=Chongqing; 铅山=Yanshan; 渑池=Mianchi
    浚县=Xunxian; 尉犁=Yuli; 荥阳=Xingyang; 泌阳=Biyang; 涡阳=Guoyang; 枞阳=Zongyang; 歙县=Shexian
    单县=Shanxian; 莘县=Shenxian; 解州=Xiezhou; 大埔=Dabu; 黄埔=Huangpu; 都匀=Duyun
    长白山=Changbaishan; 会稽=Kuaiji; 巴彦=Bayan; 长城=Great Wall; 长江=Yangtze; 黄河=Yellow River
    黑龙江=Heilongjiang; 珠江=Pearl River; 珠穆朗玛峰=Mount Qomolangma; 喜马拉雅=Himalayas; 澜沧江=Lancang
    雅鲁藏布江=Yarlung Zangbo; 天安门=Tian'anmen; 钓鱼岛=Diaoyu Dao; 新疆=Xinjiang; 宁夏=Ningxia
    广西=Guangxi; 乌苏里=Ussuri; 兴凯湖=Khanka Lake; 图们=Tumen; 敦煌=Dunhuang; 吕梁=Lyuliang
    """
)
"""English place names that joined pinyin does not give, or that a reading would get wrong."""

GENERICS = listed(
    """
    维吾尔自治区 壮族自治区 回族自治区 特别行政区 自治区 自治州 自治县 自治旗 高新技术产业开发区 经济技术开发区
    开发区 自由贸易试验区 地区 新区 林区 矿区 省 市 县 区 州 盟 旗 镇 乡
    村 街道
    """
)
"""Words for a kind of place, longest first within a kind; they are translated, not transcribed."""

PEOPLES = listed(
    """
    维吾尔 哈萨克 柯尔克孜 蒙古 朝鲜族 藏族 羌族 彝族 苗族 侗族 布依族 土家族 白族 傣族 景颇族 哈尼族 壮族 回族 满族
    瑶族 黎族 傈僳族 锡伯 塔吉克 鄂伦春族 鄂温克族 达斡尔族 各族
    畲族 仡佬族 水族 佤族 拉祜族 纳西族 东乡族 撒拉族 土族 裕固族 仫佬族 毛南族
    """
)
"""Names of peoples that stand in the names of autonomous places."""
