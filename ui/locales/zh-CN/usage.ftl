# 只有用量页面使用的文字；随该部分一同加载。

## Usage

span = { $first }至{ $last }
day-and-hour = { $day } { $time }
usage-context =
    { $count ->
        [1] { $span }，与前一天相比
       *[other] { $span }，与之前 { $count } 天相比
    }
usage-context-month = { $span }，与{ $month }相比
range-unread = 请为两个日期都输入年、月、日。
range-future = 起始日期不得晚于今天。
range-long = 请选择少于五年的范围。
calls = 调用
usage-tokens = 词元
success-rate = 成功率
latency-p50 = 延迟 p50
latency-p95 = 延迟 p95
per-hour = 每小时
per-day = 每天
per-week = 每周
per-month = 每月
monthly-cost = 各提供商每月费用
usd-month-partial = 美元，本月尚不完整
step = 图表的步长
step-of = 按{ $unit }
daily-cost = 各提供商每日费用
hourly-cost = 各提供商每小时费用
weekly-cost = 各提供商每周费用
usd = 美元
usd-partial = 美元，今天尚不完整
usd-week-partial = 美元，本周尚不完整
month-budget = 本月预算
budget-named = 预算：{ $name }
day-budget = 当日预算
whole-budget = 所有调用的预算
per-call = 每次调用
errors-in-calls = { $calls } 次调用中有 { $errors } 次错误
errors-by-cause = 错误原因
in-total = 共 { $count } 次
cost-by-task = 各任务费用
week-against-month = 7 天与 30 天对比
mean-cost-of-a-day = 日均费用
no-budget = 本月没有涵盖所有调用的预算。可在“预算”中设置。
spent-of = { $spent } / { $amount }
spent-of-unpriced = ≥ { $spent } / { $amount }
no-errors = 这些天没有失败的调用。
no-usage = 这些天没有调用。有了第一次调用，图表就会显示。
hour = 小时
week = 周
day = 日期
name = 名称
total = 合计
without-price =
    { $count ->
       *[other] { $count } 次无价格
    }
or-more = { $amount } 或更多
share-of = { $share }（{ $whole } 次中的 { $part } 次）
others = 另有 { $count } 个
even-pace = 匀速
left = 剩余
amount-left = 剩余 { $amount }
amount-over = 超出 { $amount }
today-within = 今天
today = 今天
forecast = 预测
mean-week = 7 天日均
mean-month = 30 天日均
trend = 趋势
bar-and-stroke = 条形：最近 7 天；横线：最近 30 天
tokens-input = 输入
tokens-output = 输出
success = 成功
errors = 错误
without-task = 没有任务
cause-unknown = 未记录
cause-invalid-key = 密钥被拒绝
cause-permission = 没有权限
cause-quota = 余额或配额用尽
cause-rate-limit = 速率限制
cause-too-large = 超出上限
cause-context = 对模型来说过长
cause-model = 没有此模型
cause-bad-request = 请求被拒绝
cause-unsupported = 模型不支持
cause-blocked = 内容被拦截
cause-overloaded = 过载
cause-server = 供应商故障
cause-network = 无法连接
cause-timeout = 超时
cause-protocol = 无法理解回答
cause-quality = 回答为空或格式错误
cause-cancelled = 已取消
deleted-provider = 已删除的提供商 { $number }
failed-ones = 失败的调用
calls-behind = 调用：{ $words }
back-to-charts = 返回图表
reading-calls = 正在读取调用
no-calls-behind = 这里已没有调用。旧调用删除后，合计仍会保留。
more-calls = 显示更多
calls-latency-from = 耗时不少于
calls-cost-from = 费用不低于
calls-error-seconds = 请输入秒数，例如 2.5。
calls-error-dollars = 请输入美元金额，例如 0.01。
calls-shown =
    { $count ->
        [1] 1 次调用，最新的在前
       *[other] { $shown } 次调用，最新的在前
    }
calls-shown-more = 最新的 { $shown } 次调用
column-time = 时间
column-task = 任务
column-user = 用户
column-request-id = 请求 ID
status-success = 成功
call-attempt = 第 { $attempt } 次尝试
cost-estimate = 估算
reading-usage = 正在读取用量
range = 时间范围
days-short = { $count } 天
custom = 自定义
month-word = 月份
first-day = 第一天
last-day = 最后一天
show-range = 显示
chart-keys = 左右方向键朗读数值，回车键显示调用。
show-as-table = { $name }：以表格显示
show-as-table-title = 以表格显示
was = 原为 { $value }
breakdown = 明细
by-provider-sub = 7 天与 30 天对比；趋势比较的是日均费用
by-group-sub = { $span }，与之前的天数相比
rows-by = 分组方式
change = 变化
rows-left-out =
    { $count ->
       *[other] 另有 { $count } 个用量更少的；可用上方筛选器查找。
    }
all-providers = 所有提供商
calls-7d = 7 天调用
calls-30d = 30 天
tokens-7d = 7 天词元
tokens-30d = 30 天
cost-7d = 7 天费用
cost-30d = 30 天
show-calls = 显示调用
show-the-calls = 显示调用
per-success = 每次成功 { $cost }
column-per-success = 每次成功
column-unknown-cost = 费用未知
plus-unknown-share = + { $count } 次无价格（{ $share }）
vendor-compatible = 兼容
usage-filters = 哪些调用
filter-model = 模型
first-and-more = { $first } 等另外 { $count } 个
reading-choices = 正在读取可选项
no-choices = 这些天没有调用。
not-recorded = 未记录
status-error = 失败
export = 导出
export-csv = 另存为 CSV
export-json = 另存为 JSON
export-report = 月度报告 (HTML)
export-report-pdf = 月度报告 (PDF)
exported = 已写入 { $name }
exported-detail = 文件位于您的下载文件夹中。
exported-cut = 其中包含最新的 { $rows } 次调用，位于您的下载文件夹中。
save-chart = { $name }：保存为文件
save-png = 另存为 PNG
save-svg = 另存为 SVG
column-tokens-in-out = 词元 入 / 出
