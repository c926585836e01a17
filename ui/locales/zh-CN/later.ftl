# 各页面与浮层的文字，随它们一同加载。

reading-page = 正在打开页面
delete-name = 删除 { $name }
close = 关闭
close-esc = 关闭 (Esc)
save = 保存
reload = 重新加载
added = 已添加 { $name }
saved = 已保存 { $name }
saved-off = 测试通过并由您启用之前，它保持停用。
edit-title = 编辑 { $name }
field-type = 类型
type-fixed = 创建后不可更改
compatible = 兼容
models = 模型
show-models = 显示模型
price-head = 每百万 入 / 出
context-head = 上下文
capabilities-head = 图像、PDF、工具
models-foot = 显示 { $shown } 个，共 { $known } 个模型。价格日期：{ $day }。未列出的名称也可使用，其费用显示为未知。
model-unlisted = 不在目录中。将按输入使用；费用显示为未知。
model-leaving = 即将下线
model-closed = 新近创建的密钥无法使用此模型。如果测试找不到它，请选择其他模型。
model-shuts-down = 供应商将于{ $day }关停此模型。请规划替代模型。
model-shut-down = 供应商已于{ $day }关停此模型。请选择其他模型。
prices = 每百万：输入 { $input }，输出 { $output }
context = { $tokens } 上下文
capability-vision = 图像
capability-pdf = PDF
capability-tools = 工具
capability-json = JSON
capability-reasoning = 推理
tasks-remark = 仅首位
add-task = 添加任务
task-added = 已添加任务 { $task }
add = 添加
new-task-name = 新任务的名称
new-task-hint = 小写字母、数字和 _，例如 cover_letter。应用程序以此名称请求它。
held-by = 持有者
held-by-nobody = 无人持有
held-here = 由此提供商持有
gives-up = 由此提供商放弃
takes-from = 取自
takes-free = 由此提供商接管
tokens = 词元
used-today = 今日已用 { $used }
used-in-month = { $month ->
        [1] 1月
        [2] 2月
        [3] 3月
        [4] 4月
        [5] 5月
        [6] 6月
        [7] 7月
        [8] 8月
        [9] 9月
        [10] 10月
        [11] 11月
       *[12] 12月
    }已用 { $used }
optional = 可选
active-hint = 路由可以使用它。
active-hint-off = 它保留自己的任务，期间由其他提供商承担。默认提供商不能停用。
default-hint = 承担无人持有的所有任务。
advanced = 高级
url-default = 默认
url-hint = 必须以 https:// 开头。明文 http 仅限本机，除非您允许。
url-hint-compatible = API 所在的地址，通常以 /v1 结尾。明文 http 仅限本机，除非您允许。
allow-http = 允许以明文 http 访问此主机
allow-http-hint = 沿途任何人都能读取密钥和请求。
own-prices = 自定义价格
own-prices-remark = 取代目录价格
usd-per-million = 每百万
unit-seconds = 秒
unit-calls = 次调用
not-graded = 未评分
quality-hint = 1 到 5，5 为最佳。自动路由可以要求最低分。
price-of-catalogue = 目录
price-of-input = 与输入相同
error-dollars = 请输入美元金额，例如 25.50，或留空。
error-price-half = 请同时输入输入价和输出价，或将价格全部留空。
created = 由 { $actor } 创建于{ $day }。
updated = 更改于{ $age }。
error-no-key = 请粘贴 API 密钥。
error-limit-small = 请输入 1 或更大的数，或留空。
error-limit-digits = 请只输入数字，例如 30,000,000，或留空。
fields-need-change =
    { $count ->
       *[other] { $count } 个字段需要修改：
    }
discard-question =
    { $count ->
       *[other] 放弃 { $count } 处未保存的更改？
    }
keep-editing = 继续编辑
discard = 放弃
no-changes = 没有更改
unsaved-changes =
    { $count ->
       *[other] { $count } 处未保存的更改
    }
tested-before-saving = 保存前会先测试密钥
save-anyway = 仍然保存
anyway-off = 测试失败。仍然保存的话，它将保持停用
anyway-offline = 无法连接。仍然保存的话，将按此处设置使用
delete-title = 删除 { $name }？
delete-lede = 其密钥将在此保管库中销毁。在您到 { $vendor } 吊销之前，密钥在那里仍然有效。
delete-lede-compatible = 其密钥将在此保管库中销毁。在服务器上吊销之前，密钥在那里仍然有效。
delete-lede-no-key = 它没有密钥。其设置将离开此保管库。
tasks-lose-primary =
    { $count ->
       *[other] { $count } 个任务将失去首选。
    }
task-moves-to = 转给 { $name }。
task-has-nobody = 无人承担。
delete-loses-default = 届时将没有默认提供商：无人持有的任务将得不到处理。
delete-keeps-usage =
    { $count ->
       *[other] { $count } 次调用会以其名称保留在用量日志中。
    }
type-name = 输入名称以确认
delete-undo = 在保管库锁定之前可以撤销，最多可撤销最近二十步。
delete-provider = 删除提供商
routes-context =
    { $tasks ->
       *[other] { $tasks } 个任务
    }
routes-unsaved = { $tasks }，{ $changes }
reading-routes = 正在读取路由
task-chains = 任务链
chains-hint = 首选在前，后备在后。拖动，或使用空格键和方向键
needs-line = 需要{ $needs }
capability-context = 上下文
capability-text = 文本
lack-context = 容纳上下文
lack-pdf = 读取 PDF
lack-vision = 读取图像
lack-json = 遵循 JSON 架构
lack-tools = 调用工具
joined-or = { $most }或{ $last }
standing-off = 已停用
standing-down = 目前不可用
standing-degraded = 目前性能下降
standing-lacks = 不能{ $lacks }
node-label = { $name }，{ $model }，第 { $place } 个，共 { $count } 个
node-noted = { $label }。{ $note }
node-help = 空格键提起，方向键移动，空格键放下，Esc 放回原处。Delete 移除。
node-lifted = 已提起 { $name }，第 { $place } 个，共 { $count } 个。方向键移动，空格键放下，Esc 放回原处。
node-moved = { $name }，第 { $place } 个，共 { $count } 个
node-dropped = 已放下 { $name }，第 { $place } 个，共 { $count } 个
node-back = { $name } 已回到原处
chain-of = { $task } 的链
chain-empty = 这里没有提供商。如果有默认提供商，由它承担此任务。
chain-idle = 由满足条件的最便宜的提供商承担。此链为其他模式保留。
add-to = 向 { $task } 添加提供商
add-member-hint = 搜索名称或模型
no-member-left = 所有提供商都已在此链中。
no-member-found = 没有匹配的提供商。
route-settings = { $task } 的模式与需求
explain-route = 为何由此提供商承担 { $task }
remove-from = 从 { $task } 移除 { $name }
remove-from-chain = 从链中移除
route-mode = 模式
mode-chain = 链式
mode-split = 分流
mode-auto = 自动
mode-chain-hint = 由第一个能胜任的承担；失败时由下一个接替。
mode-split-hint = 按权重分配，同一调用方始终对应同一个。失败时按链中顺序由其余的接替。
mode-auto-hint = 满足需求和限制的最便宜的启用提供商。
route-needs = 需求
needs-context = 上下文至少
needs-any = 不限
weights = 权重
bound-latency = p95 最多
bound-quality = 质量至少
no-bound = 无限制
milliseconds = 毫秒
grade-range = 1 到 5
error-grade = 请输入 1 到 5，或留空。
error-weight = 请输入 0 到 1,000。
explaining = 正在询问网关
explains-saved = 这里针对的是已保存的路由，而不是上方的更改。
at-most = 最多 { $cost }
rule-chain = 由任务的链决定。
rule-split = 由任务的分流决定。
rule-auto = 由满足条件的最便宜的承担。
rule-default = 链中没有启用的，因此由默认提供商承担。
rule-named = 由调用方指定。
rule-none = 目前无人能承担此任务。
verdict-chosen = 承担此调用。
verdict-next = 如果以上失败，接着尝试它。
verdict-off = 已停用。
verdict-no-key = 没有适用于其基础 URL 的密钥。
verdict-key-refused = 其密钥被拒绝；请输入新的密钥，或测试现有的密钥。
verdict-lacks = 其模型不能{ $lacks }。
verdict-breaker = 最近失败的调用过多；{ $time }再次尝试。
verdict-cooling = 供应商要求等到{ $time }。
verdict-limit = 其{ $kind ->
        [concurrent_calls] 并发调用
       *[other] 用量
    }上限 { $cap } 仅剩 { $left }，不足以完成此调用。
verdict-limit-never = 其{ $kind ->
        [daily_cost] 每日 { $cap } 的上限
        [monthly_cost] 每月 { $cap } 的上限
        [monthly_tokens] 每月 { $cap } 词元的上限
        [tokens_per_minute] 每分钟 { $cap } 词元的上限
        [user_daily_tokens] 每位用户每日 { $cap } 词元的上限
        [user_monthly_tokens] 每位用户每月 { $cap } 词元的上限
       *[other] 每日 { $cap } 词元的上限
    }小于此次调用本身。
verdict-limit-resets = 其{ $kind ->
        [daily_tokens] 每日词元上限
        [monthly_tokens] 每月词元上限
        [daily_cost] 每日费用上限
        [monthly_cost] 每月费用上限
        [requests_per_minute] 每分钟请求上限
        [tokens_per_minute] 每分钟词元上限
        [user_daily_tokens] 用户每日配额
        [user_monthly_tokens] 用户每月配额
        [user_requests_per_minute] 用户每分钟请求上限
       *[other] 上限
    } { $cap } 仅剩 { $left }，不足以完成此调用。{ $time }重新计算。
verdict-slow = 太慢：其 p95 为 { $latency }。
verdict-quality = 评分为 { $grade }，低于最低分。
verdict-ungraded = 尚未评分，因此低于任何最低分。
verdict-price = 价格未知，因此不可能是最便宜的。
verdict-not-in-route = 不在此任务的任何链中。
task-instructions = 任务端点的指令
prompt-own = 自定义
prompt-built-in = 内置
task-instructions-hint = 在此任务端点的每次调用输入之前发送。在此处立即保存，不随路由保存。
prompt-of-callers = 此任务没有自己的端点：请求它的程序自带指令。
use-built-in-prompt = 恢复内置
save-task-prompt = 保存指令
routes-conflict = 在此读取之后，有人更改了路由。
routes-conflict-advice = 可重新加载并放弃您的更改，或将您的更改叠加上去。
reload-routes = 重新加载
keep-changes = 叠加我的更改
no-tasks = 尚无任务。
capability-match = 能力匹配
matrix-of = 矩阵中的任务
matrix-member = 链成员
matrix-context = 上下文，{ $tokens }
matrix-needed = { $capability }，需要
matrix-more = { $members } 个启用的提供商中的前 { $shown } 个。
cell-yes = 是
cell-no = 否
cell-missing = 缺少
cell-unknown = 未知
gaps =
    { $count ->
       *[other] { $count } 处缺口
    }
gap-sentence = { $name } 不能{ $lacks }。此类调用转移给它时会失败。
simulate-failure = 模拟故障
simulate-provider = 提供商
simulate-kind = 故障
failure-down = 不可用
failure-rate-limit = 速率限制
failure-slow = 缓慢
no-change = 没有变化
nobody = 无人
effect-nobody = 调用将会失败：没有其他提供商能承担。
effect-then = 接着是 { $name }。
effect-last = 其后再无后备。
effect-degraded = 目前性能下降。{ $after }
effect-down = 目前不可用。{ $after }
effect-same-vendor = 同一供应商：供应商故障会让两者同时不可用。{ $after }
effect-latency = p50 从 { $now } 变为 { $then }。
effect-cost = 每次调用从 { $now } 变为 { $then }。
effect-cost-same = 每次调用 { $cost }，不变。
preview-note = 这是对当前路由的预览。不会向提供商发送任何内容。
keys-move-node = 提起和放下链中的节点
reading-health = 正在读取提供商的健康状况
check-all = 立即检查全部
checked-every = 每 { $every } 检查一次，上次 { $time }
checked-never = 每 { $every } 检查一次，尚未检查
column-day = 过去 24 小时
column-up = 可用率
column-errors-hour = 1 小时错误
column-errors-day = 24 小时
column-breaker = 断路器
breaker-until = { $time }再次尝试
breaker-cannot-probe-hint = 没有可用于探测的条件。请检查密钥和余额。
open-routing = 打开路由
incidents = 事件
incidents-range = 最近 7 天
no-incidents = 最近 7 天没有事件。
resolved = 已解决
test-now = 立即测试
edit = 编辑
no-health = 尚无可观察的提供商。
no-health-text = 有了首次调用或探测，提供商就会出现在这里。
palette-results = 结果
palette-actions = 操作
palette-none = 没有找到。请少输入几个字试试。
palette-move = 移动
palette-open = 打开
palette-only-actions = 仅操作
shortcuts = 键盘快捷键
keys-palette = 搜索或执行
keys-lock = 立即锁定
keys-save = 保存侧边面板或路由
keys-undo = 撤销上次更改
keys-search = 在列表中搜索
keys-close = 关闭最上层，关闭消息
keys-region = 下一区域
keys-help = 此列表
keys-new = 新提供商
keys-edit = 编辑焦点行
keys-test = 测试焦点行
keys-duplicate = 复制焦点行
keys-delete = 删除焦点行（会询问）
keys-select = 选择焦点行
keys-move = 在行间移动
keys-open = 打开焦点行
keys-note = 在 macOS 上 Ctrl 即 Cmd。焦点在文本框中时，单键快捷键不起作用，也可在设置中关闭。
playground-context = 除非您保存，否则这里不存储任何内容
add-model = 添加模型
prompt = 提示词
prompt-hint = 向每个模型提出的内容
prompt-more = 更多
prompt-more-hint = 系统提示词和 JSON 架构
system-prompt = 系统提示词
answer-schema = 回答的 JSON 架构
temperature = 温度
temperature-default = 默认
max-output = 最大输出
run-all = 全部运行
stop-all = 全部停止
run-one = 运行
run-again = 再次运行
saved-prompts = 已保存的提示词
save-prompt = 保存此提示词
delete-prompt = 删除 { $name }
prompt-saved = 提示词 { $name } 已保存
save-prompt-title = 保存此提示词
prompt-name = 名称
prompt-kept-hint = 连同任务和附件保存在保管库中。回答不会保存。
prompt-replaces = 已有同名提示词。保存将替换它。
save-prompt-short = 保存
replace-prompt = 替换
playground-task = 任务
attach = 添加附件
attach-hint = 图片和 PDF，总计 8 MB
attachments = 附件
detach = 移除 { $name }
kilobytes = { $count } KB
attached-picture = 图片
attached-pdf = 文档.pdf
attached-kind = { $name } 既不是图片（PNG、JPEG、WebP、GIF）也不是 PDF。请选择其他文件。
estimate = 约 { $tokens } 个词元，最多 { $cost }
estimate-partly =
    { $count ->
       *[other] 约 { $tokens } 个词元，最多 { $cost }，另有 { $count } 个未知价格
    }
estimate-tokens = 约 { $tokens } 个词元
estimate-unknown = 约 { $tokens } 个词元，费用未知
estimate-attached = 约 { $tokens } 个文本词元，另加附件
error-no-prompt = 请先写提示词。
error-max-output = 请输入回答的最大词元数，1 到 1,000,000。
error-temperature = 请输入 0 到 2 的温度，或留空。
error-schema = 架构在第 { $line } 行第 { $column } 列不是有效的 JSON。请更正或留空。
error-schema-object = JSON 架构以花括号开头。请更正或留空。
choose-target = 要询问的模型或任务
choose-target-hint = 搜索模型或任务
choose-other = 选择其他
no-target-found = 没有匹配项。
new-column = 新列
column-label = { $name }，第 { $place } 列
remove-column = 移除列
no-columns = 请添加要询问的模型。
nobody-to-ask = 尚无可询问的对象
nobody-to-ask-text = 添加提供商后，其模型会在这里回答。
gone-provider = 已删除的提供商
answer-of = { $name } 的回答
not-run = 尚未询问。
empty-answer = 回答为空。
streaming = 正在回答
stopping = 正在停止
run-failed = 失败
run-stopped = 已停止
route-now = 当前路由
first-token = 首个词元
total-time = 总计
tokens-in = 输入 { $count }
tokens-out = 输出 { $count }
tokens-out-about = 输出约 { $count }
lowest = 最低
so-far = 目前
copy = 复制
waiting = 正在等待
pause-asked = { $name } 要求等待
pause-own = { $name } 失败，将再次询问
pause-left = { $count } 秒后再次询问。按“停止”可结束等待。
pause-over = 正在再次询问。
pause-said = 等待 { $time } 后再次询问
restarted = 首个提供商失败。现由 { $name } 回答。
provider-failed = { $name } 失败
answered-by = → 由 { $name } 回答。
degraded-schema = 架构以指令方式给出，并在此处据其检查回答。
degraded-pdf = 改为发送了 PDF 的文本。
degraded-temperature = 此模型不接受温度参数；已省略。
degraded-effort = 推理强度已改为此模型支持的程度。
degraded-stop = 此模型不接受停止文本；已省略。
limit-nearly-used = { $kind ->
        [daily_tokens] 提供商的每日词元上限
        [monthly_tokens] 提供商的每月词元上限
        [daily_cost] 提供商的每日费用上限
        [monthly_cost] 提供商的每月费用上限
        [user_daily_tokens] 用户每日配额
        [user_monthly_tokens] 用户每月配额
       *[other] 某项上限
    }已用 { $percent }%：剩余 { $left }，共 { $cap }。
finish-length = 达到允许的最大长度而截断
finish-refused = 模型拒绝继续
retry-after = { $time }后重试
said-answered = { $name } 已回答：{ $tokens } 个词元，用时 { $time }。
said-answered-plain = { $name } 已回答，用时 { $time }。
said-failed = { $name } 失败：{ $what }。
said-stopped = { $name } 已停止。
make-route = 设为路由
make-route-title = 将 { $name } 设为路由
make-route-lede = 它将位于任务链首位。其余按原有顺序排列。
choose-task = 选择任务
route-moves = 目前首位是 { $was }，它将成为 { $name } 的第一后备。
route-takes = { $name } 将占据首位。
route-was-split = 目前调用按权重分流；此后由链决定。
route-was-auto = 目前由最便宜的承担；此后由链决定。
route-drops = 链已满：{ $name } 将离开。
route-is-so = 它已是此任务的首选。
route-made = { $name } 已成为 { $task } 的首选
settings-sections = 设置分类
reading-gateway = 正在读取设置
local-gateway = 本地网关
serve-here = 在这台电脑上提供路由
serve-here-text = 本机程序无需提供商密钥即可调用任务。仅限回环地址。
address = 地址
copy-address = 复制地址
gateway-running = 自{ $time }起运行，今日 { $calls } 次调用。
gateway-not-running = 未运行。
gateway-off = 已关闭。启用后，保管库打开期间提供服务。
port = 端口
port-text = 更改后，使用网关的程序需要新地址。
apply-port = 应用
error-port = 请输入 1024 到 65535 的端口。
client-token = 客户端令牌
token-ends = 末四位为 ...{ $last }。仅在这台电脑上有效。
token-none = 尚无令牌。没有令牌的程序得不到应答。
make-token = 创建令牌
replace-token = 替换令牌
new-token-title = 新客户端令牌
replace-token-title = 替换客户端令牌？
replace-token-lede = 旧令牌立即失效。使用它的程序在获得新令牌之前会被拒绝。
making-token = 正在创建令牌
token-once = 请立即复制。它不会再次显示；只保留其摘要。
token-use = 将它作为 API 密钥、将地址作为基础 URL 提供给程序。
done = 完成
when-locked = 保管库锁定时
when-locked-text = 停止：调用收到 503 及原因。完成：进行中的调用可继续，最长 30 秒。
on-lock-stop = 停止调用
on-lock-finish = 完成调用
prices-section = 价格
reading-prices = 正在读取价格
price-catalogue = 价格目录
catalogue-built-in =
    { $models ->
       *[other] 内置：{ $day } 的价格，{ $models } 个模型。
    }
catalogue-imported =
    { $models ->
       *[other] 来自文件，导入于{ $time }：{ $day } 的价格，{ $models } 个模型。
    }
import-catalogue = 导入文件
use-built-in-catalogue = 使用内置价格
reprice-history = 历史调用
reprice-history-text = 调用保留记录时的价格。重新计价会改用现行价格。
reprice = 重新计价
own-prices-text = 提供商的自定义价格在其侧边面板的“高级”中，优先于目录价格。
usage-section = 用量
usage-from-files = 来自文件的用量
usage-from-files-text = 其他程序的日志会成为调用。供应商报告的合计另行保存，用于比较。
import-usage = 导入用量
retention = 调用
reading-retention = 正在读取用量日志
retention-change = 更改
retention-all = 保留所有调用。
retention-some = 保留最近 { $count } 天的调用。
retention-sums-stay = 合计永久保留。
retention-title = 调用保留多久？
retention-lede = 日志为每次调用保存一行。图表、统计和预算来自其合计，合计会保留。
retention-everything = 全部
retention-days = 若干天
retention-days-field = 天数
retention-outside = 请输入 { $least } 至 { $most } 天：每月的上限由这些调用计算。
retention-asking = 正在统计更早的调用
retention-nothing = 不会删除任何内容。
retention-none-older = 没有更早的调用：现在不会删除任何内容。
retention-deletes =
    { $count ->
       *[other] 早于 { $days } 天的 { $shown } 次调用将立即删除，且无法恢复。
    }
retention-deletes-more = 早于 { $days } 天的 { $shown } 次以上调用将立即删除，且无法恢复。
retention-confirm = 按此保留
retention-delete = 删除更早的调用
retention-set = 今后按此期限保留调用
usage-sums = 合计
usage-sums-text = 图表和统计显示的内容只累加一次。在此可与每次调用核对，或由调用重新生成。
usage-verify = 核对
usage-rebuild = 重新生成
usage-sums-right = 所有合计均正确。
usage-sums-wrong = 有一项合计与其调用之和不符。
usage-sums-rebuilt = 所有合计已重新生成。
usage-sums-read = { $calls } 次调用，{ $sums } 项合计。
usage-sums-advice = “重新生成”会重建全部合计。
usage-sum-no-task = 无任务
usage-sum-all-users = 所有用户
usage-sum-differs = 第一处差异：{ $time } 的 { $sum }，配置 { $number }，{ $task }，{ $user }，{ $status }：调用之和为 { $rows }，合计为 { $sums }。
usage-zone = 时区
usage-zone-text = 用量页面、报告和预算的日期按 { $zone } 计算。
zone-computer = 本机
zone-named = 其他
zone-name = 时区名称
zone-name-text = 按 IANA 名称：请输入大洲或城市的开头。
zone-apply = 使用
limits-section = 上限
reading-limits = 正在读取上限
limit-zone = 上限的日期
limit-zone-text = 每日和每月上限在 { $zone } 的午夜重新开始：下一次为{ $time }。选择其他时区时，当天已用的量仍然计入。
quotas = 用户配额
quotas-text = 网关的每个用户可用的量，无论由谁应答；客户端在 x-signalbox-user 或请求正文中指明用户。
new-quota = 新建配额
edit-quota = 更改配额
save-quota = 保存配额
quota-saved = 配额已保存
quota-deleted = 配额已删除：{ $name }
quota-everyone = 其他所有人
quota-no-limit = 无上限
field-quota-user = 用户
quota-user-hint = 与客户端所发送的一致；* 表示没有自己配额的所有人。
import-title = 导入 { $day } 的价格？
import-lede = { $name } 将取代 { $day } 的价格。已记录的调用保持原费用。
import-confirm = 导入价格
restore-title = 恢复使用内置价格？
restore-lede = 导入的目录将离开此保管库。要再次使用，请重新选择其文件。
catalogue-same = 文件内容与现行目录相同。
models-repriced = 价格不同
models-added = 新增模型
models-removed = 移除的模型
models-otherwise = 其他信息不同
catalogue-losing =
    { $count ->
       *[other] 届时 { $count } 个提供商将没有价格，其费用显示为未知：{ $names }
    }
price-before = 目前 入 / 出
price-after = 此后 入 / 出
and-more = 另有 { $count } 个
reprice-title = 对历史调用重新计价？
reprice-lede = 已记录的调用将按现行价格计算费用。此操作无法撤销；操作日志会保留两个合计。
reprice-days = 天数
days = { $count } 天
all-days = 全部
reprice-asking = 正在合计
rows-looked-at = 调用
rows-changed = 变更
sum-before = 目前费用
sum-after = 此后费用
rows-left =
    { $count ->
        [1] 1 次调用保持不变：其用量或价格未知。
       *[other] { $shown } 次调用保持不变：其用量或价格未知。
    }
reprice-nothing = 不会有任何变化。
reprice-confirm =
    { $count ->
        [0] 重新计价
        [1] 对 1 次调用重新计价
       *[other] 对 { $shown } 次调用重新计价
    }
repriced =
    { $count ->
        [1] 已对 1 次调用重新计价
       *[other] 已对 { $shown } 次调用重新计价
    }
repriced-sums = { $before } 变为 { $after }
about = 关于
catalogue =
    { $models ->
       *[other] { $day } 的目录，{ $models } 个模型。
    }

## Budgets

budgets-context = 日期与月份按 { $zone } 时区
reading-budgets = 正在读取预算
no-budgets = 尚无预算。
no-budgets-text = 预算会在花费达到一半、80%、95% 和 100%，以及预测显示不够用时提醒。
new-budget = 新建预算
edit-budget = 编辑预算
save-budget = 保存预算
budget-saved = 预算已保存
budget-deleted = 已删除 { $name } 的预算
budget-whole = 全部用量
budget-kind-config = 提供商
budget-kind-task = 任务
budget-kind-user = 用户
budget-each-day = 每天
budget-each-month = 每月
budget-of-each-day = { $kind }，每天
budget-of-each-month = { $kind }，每月
budget-far-over = 超过 999%
choose-provider = 选择提供商
field-budget-kind = 谁的花费
field-budget-period = 周期
field-budget-amount = 金额
budget-amount-hint = 它只提醒，不会阻止。要阻止调用，请使用提供商自身的费用上限。
error-budget-scope = 请选择是谁的花费。
error-budget-amount = 请输入大于 0 的美元金额，例如 300 或 25.50。
column-budget = 预算
draw-budget = { $name }：每日剩余
column-spent = 已花费
column-forecast = 预测
column-ends = 最后一天
budget-of = / { $amount }，{ $percent }
budget-meter = { $name }：已花费预算的 { $percent }%
budget-unpriced =
    { $count ->
       *[other] + { $count } 次价格未知的调用
    }
budget-unpriced-hint = 其费用未计入合计。请在提供商设置中添加价格，然后重新计价。
budget-on-track = 正常
budget-most-spent = 超过 80%
budget-nearly-spent = 即将用完
budget-spent = 已用完
budget-may-not-last = 可能不够
budget-will-not-last = 不够
forecast-range = { $low } 至 { $high }
forecast-hint = 若流量与最近八周相近，十个月中有八个月会落在此范围内。
forecast-too-early = 满 { $needed } 天后可用，已有 { $days } 天
forecast-of-no-day = 仅适用于月度
alerts = 提醒
alerts-sub = 每天或每月每个级别一次
no-alerts = 尚无提醒。
mark-seen =
    { $count ->
        [1] 标为已读
       *[other] 将 { $count } 条标为已读
    }
new-alert = 新
seen-alert = 已读
alert-day = { $whose }：已花费当日预算的 { $percent }%
alert-month = { $whose }：已花费当月预算的 { $percent }%
alert-forecast = { $whose }：当月预算很可能不够
alert-amounts = { $spent } / { $amount }，周期始于 { $day }

## Insights

insights-context = 基于最近 30 个完整日
reading-insights = 正在读取异常情况
jumps = 用量激增
jumps-reading = 正在读取最近几周各小时的数据
jumps-too-early =
    { $days ->
       *[other] 需要 { $weeks } 周的调用，已有 { $days } 天
    }
jumps-watched =
    { $weeks ->
        [1] 每分钟与上周同一小时比较
       *[other] 每分钟与最近 { $weeks } 周的同一小时比较
    }
jump-of-all = 全部用量
jump-of-deleted = 已删除的提供商
no-jumps = 尚无提醒。调用或费用激增到平时的三倍时，会在这里和桌面上显示。
jump-calls = { $whose }：调用次数是平时的 { $times } 倍
jump-cost = { $whose }：费用是平时的 { $times } 倍
jump-numbers =
    { $minutes ->
       *[other] { $minutes } 分钟内 { $seen }；{ $day } { $hour } 平时为 { $usual }。
    }
jump-since = 自{ $began }起，仍在持续。
jump-over = 自{ $began }起，最后出现于{ $ended }。
jump-causes = 主要来自：{ $who }。
jump-calls-behind = 显示调用
cause-provider = { $name }（{ $percent }%）
cause-task = 任务 { $name }（{ $percent }%）
cause-user = 用户 { $name }（{ $percent }%）
monday = 星期一
tuesday = 星期二
wednesday = 星期三
thursday = 星期四
friday = 星期五
saturday = 星期六
sunday = 星期日
cheaper = 更便宜的模型
cheaper-sub =
    { $count ->
       *[other] 涉及 { $count } 个任务，30 天最多节省 { $saved }
    }
no-cheaper = 在满足任务需求的模型中，没有哪个能在 30 天内省下一美元以及原费用的十分之一。
cheaper-title = { $task }：以 { $then } 取代 { $now }
cheaper-basis = { $name } 的 { $calls } 次调用，输入 { $input } 个词元、输出 { $output } 个，花费 { $now }；换用后为 { $then }。
cheaper-saved = 30 天节省
cheaper-risks = 不利之处：{ $risks }。
cheaper-no-risk = 没有已知的不利之处。回答质量可通过分流来验证。
cheaper-try = 部分试用
cheaper-switch-on = 打开其表单
cheaper-duplicate = 复制
cheaper-first-switch-on = { $name } 使用此模型，但已停用。请先启用，再来这里试用。
cheaper-first-duplicate = 尚无提供商使用此模型。请复制 { $name }（它持有该供应商的密钥），为副本设置此模型并启用，然后来这里试用。
cheaper-note = 根据您最近 30 个完整日的调用词元按标价计算，不含缓存输入折扣：宁可少算。在您更改路由之前，不会有任何变化。
duplicated-for = 请将其模型设为 { $model }，测试并启用。
risk-unknown = 无法确定它是否具备任务所需的能力（{ $what }）
risk-cannot = 它缺少现有模型具备的能力（{ $what }），而任务并未声明需要这些
risk-window = 其窗口较小（{ $then } 个词元，目前 { $now }）
risk-answers = 其最长回答较短（{ $then } 个词元，目前 { $now }）
risk-succeeds-less = 它曾承担此任务，成功率较低（{ $calls } 次调用中 { $rate }）
risk-no-calls = 您在此任务上没有调用能说明其表现
risk-few-calls =
    { $count ->
       *[other] 您在此任务上只有 { $count } 次调用，不足以说明问题
    }
risk-grade = 您给它的评分为 { $then }，现有模型为 { $now }
risk-no-grade = 您尚未给它评分，现有模型为 { $now }
risk-tier = 其价格不到现有模型的一半，属于供应商的小型模型
risk-vendor = 它来自另一家供应商，词元计算方式不同
risk-shutdown = 其供应商将于{ $day }关停它
risk-sampling = 它拒绝设置了温度的调用
risk-long = 输入超过 { $above } 个词元的调用在那里更贵，而合计无法说明有多少次
can-context = 窗口
can-pdf = PDF
can-vision = 图像
can-json-schema = JSON 架构
can-tools = 工具
split-of = { $task } 的分流
split-since = 自保存比例起，{ $since }
column-member = 提供商
column-share = 比例
column-calls-made = 调用
column-succeeded = 成功
column-cost-each = 每次成功的费用
column-p50 = 延迟 p50
column-p95 = p95
split-too-few = { $name }：调用尚不足（{ $calls }，约需 { $needed }）
split-worse = { $name }：较差
split-cheaper = { $name }：更便宜且不差
split-not-cheaper = { $name }：不差，也不更便宜
split-not-worse = { $name }：不差；费用尚不明确
split-unclear = { $name }：是否较差尚不明确
split-success = 成功率与首个相比 { $seen }（95% 区间 { $low } 至 { $high }）。
split-cost = 每次成功的费用 { $seen }（95% 区间 { $low } 至 { $high }）。
split-nothing-known = 尚无可比较的内容。
split-make-it-route = 设为路由
split-make-route = 设为路由：{ $name }，用于 { $task }
try-title = 用 { $name } 试做 { $task }？
try-lede = 一部分调用方会转到它并固定使用它，以便两者比较。
try-share = 它承担的调用比例
try-consequence = 每 100 个调用方中有 { $percent } 个转到 { $name }，其余仍由 { $present } 承担。路由中其后的提供商仍为后备。
try-not-now = 此任务已在分流、自动选择，或已由此提供商承担。请查看其路由。
try-start = 开始分流
try-done = 正在用 { $name } 试做 { $task }
try-done-text = 有了足够的调用后，这里的卡片会显示其表现。
findings = 值得注意
findings-sub =
    { $count ->
       *[other] 有 { $count } 项需要查看
    }
no-findings = 没有异常。
no-findings-text = 密钥都较新且在使用，每个任务都有后备，上限与用量相符。
so-many-tokens = { $count } 个词元
limit-always-hit = { $name }：总是达到每日上限
limit-always-hit-detail = 在有调用的 { $days } 天中，有 { $hit } 天达到了每日 { $limit }。超出的调用会转给路由中的下一个，或失败。
month-limit-hit = { $name }：每月上限已用尽
month-limit-hit-detail = 最近 { $days } 天用了 { $most }，每月允许 { $limit }。超出的调用会转给路由中的下一个，或失败。
no-fallback = { $task }：提供商失败时无人接替
no-fallback-detail = 路由中只有 { $name } 且已启用。请在其后添加第二个。
old-key = { $name }：密钥已使用 { $days } 天
old-key-detail = 请到供应商处创建新密钥，在这里输入，然后在那里吊销旧密钥。
unused-key = { $name }：密钥未被使用
unused-key-detail = 最近 { $days } 天没有调用。没人需要的密钥最好吊销并删除。
limit-never-reached = { $name }：离每日上限还很远
limit-never-reached-detail = 在有调用的 { $days } 天中，最多用了 { $most }，上限为 { $limit }。较低的上限能更早阻止失控的脚本。
month-limit-far = { $name }：离每月上限还很远
month-limit-far-detail = 最近 { $days } 天用了 { $most }，上限为 { $limit }。较低的上限能更早阻止失控的脚本。

# 导入用量的对话框。
import-usage-lede = 在您确认之前不会写入任何内容，确认后一次性写入。再次导入同一文件不会有任何变化。
choose-file = 选择文件
choose-other-file = 选择其他文件
usage-forms = 不超过 32 MB 的 CSV、JSON 或 JSON Lines：用量日志、LiteLLM 花费日志，或 OpenAI、Anthropic 和 Google Cloud 的用量与费用导出文件。没有时区的时间视为 UTC。
usage-too-large = 文件大于 { $size } MB
usage-too-large-advice = 请一次少导出几天，逐个导入文件。未作任何更改。
usage-unread-advice = 请检查文件能否打开，然后重新选择。
form-usage-logs = 用量日志
form-litellm = LiteLLM 花费日志
form-other = 调用表格
form-openai-usage = OpenAI 用量
form-openai-costs = OpenAI 费用
form-claude-usage = Anthropic 用量
form-claude-costs = Anthropic 费用
form-google = Google Cloud 账单
import-row-count =
    { $count ->
        [1] 1 行
       *[other] { $shown } 行
    }
import-span = { $first }至{ $last }
rows-new = 新增
rows-known = 已有
rows-bad = 无法读取
rows-written = 已写入
cost-of-new = 费用
import-sums-note = 这些是合计而非调用：它们与日志分开保存并用于比较，绝不计入日志。
rows-replaced =
    { $count ->
        [1] 1 个合计取代了先前导出的合计。
       *[other] { $shown } 个合计取代了先前导出的合计。
    }
rows-too-old =
    { $count ->
        [1] 1 行早于调用的保留期限，将被略过。
       *[other] { $shown } 行早于调用的保留期限，将被略过。
    }
rows-empty =
    { $count ->
        [1] 1 行没有内容或属于其他服务。
       *[other] { $shown } 行没有内容或属于其他服务。
    }
rows-unpriced =
    { $count ->
        [1] 1 个新行没有费用：在历史重新计价之前为未知。
       *[other] { $shown } 个新行没有费用：在历史重新计价之前为未知。
    }
rows-rounded =
    { $count ->
        [1] 1 个费用超过十二位小数，已舍入到第十二位。
       *[other] { $shown } 个费用超过十二位小数，已舍入到第十二位。
    }
first-rows = 前几行
line = 行
column = 列
fault = 问题
row-time = 时间
row-model = 模型
row-who = 谁，做什么
row-tokens = 入 / 出
row-cost = 费用
import-unknown = 未知
rows-cannot =
    { $count ->
        [1] 1 行无法导入
       *[other] { $shown } 行无法导入
    }
rows-cannot-text = 请在文件中更正后重新选择，或略过它们导入其余内容。
save-faults = 保存为文件
faults-saved = 已保存到 { $path }
columns = 列
columns-missing = 请选择对应的列：{ $names }
no-column = 文件中没有
sources = 调用归属
import-source-name = 文件中
source-calls = 调用
source-unnamed = 未命名
configuration-number = 提供商 { $number }
goes-to = 归属
goes-to-of = { $source } 的提供商
no-provider = 都不属于
field-time = 时间
field-until = 时段结束
field-started = 开始
field-request-id = 请求 ID
field-vendor = 供应商
field-configuration = 提供商编号
field-user = 用户或密钥
field-task = 任务
field-input = 输入词元
field-cache-read = 从缓存读取
field-cache-write = 写入缓存
field-cache-write-1h = 写入并缓存一小时
field-output = 输出词元
field-total = 全部词元
field-requests = 请求
field-cost = 费用（美元）
field-cost-cents = 费用（美分）
field-currency = 货币
field-status = 状态
field-latency = 延迟（毫秒）
field-account = 项目
field-item = 条目
field-service = 服务
field-details = 详细信息
field-notes = 备注
import-nothing = 没有可导入的内容
import-rows =
    { $count ->
        [1] 导入 1 行
       *[other] 导入 { $shown } 行
    }
import-rows-without =
    { $count ->
        [1] 导入 1 行，略过 { $bad } 行
       *[other] 导入 { $shown } 行，略过 { $bad } 行
    }
imported =
    { $count ->
        [0] 其中内容均已存在。
        [1] 已导入{ $form }的 1 行。
       *[other] 已导入{ $form }的 { $shown } 行。
    }
reported = 报告与日志
reported-text = 供应商报告的数值，其后是日志中同一时段的数值。
reported-by = 报告方
reported-days = UTC 日期
reported-tokens = 词元
reported-cost = 费用
import-left-out = 已略过
column-tokens = 词元

## History

reading-history = 正在读取历史记录
history-verifying = 正在验证
history-verify = 再次验证
history-whole = 链已验证：{ $count } 条，{ $time }
history-broken = 链在第 { $entry } 条处断裂
history-broken-here = 与写入时不符
broken-altered = 第 { $entry } 条被更改、插入或移动。
broken-missing = 缺少第 { $entry } 条。
broken-cut-off = 第 { $entry } 条之前的条目被截掉。
broken-checkpoint = 第 { $entry } 条之后的签名缺失，或属于另一份日志。
broken-other-log = 从第 { $entry } 条起是较旧或另外的日志。
broken-advice = 此前的条目与写入时一致。请保留数据文件夹的副本，并与备份比较。
history-export = 导出
history-csv = CSV，每个字段一行
history-json = JSON，含校验链
history-exported = 已写入 { $name }
history-exported-detail = 文件位于下载文件夹中。
history-exported-cut = 其中包含最新的 100,000 条，位于下载文件夹中。
history-search = 搜索历史记录
history-search-placeholder = 搜索记录、操作者、值
history-shown = 显示 { $shown } 条，共 { $total } 条
history-any-record = 所有记录
history-older = 显示更早的条目
no-history = 没有此类条目
no-history-text = 请搜索其他内容，或移除筛选条件。
last-days =
    { $count ->
        [1] 过去 24 小时
       *[other] 最近 { $count } 天
    }
history-entry = 条目
history-time = 时间
history-actor = 操作者
history-action = 操作
history-record = 记录
history-detail = 详情
history-open = 第 { $entry } 条
fields-changed = 更改了 { $count } 个字段
history-only-record = 仅此记录
history-copy = 复制为 JSON
history-field = 字段
history-before = 之前
history-after = 之后
history-none = 无
history-mac = 链
history-machine = 机器
history-address = 地址
history-at = 日期

## Second factor

prove-title = 确认是您本人
prove-lede = 此操作会更改密钥、上限或保护它们的设置，或将数据带出保管库。
prove = 确认
prove-remembered = 5 分钟内有效。
prove-by-code = 使用恢复码
prove-by-app = 使用身份验证器应用
authenticator-code = 身份验证器验证码
recovery-code = 恢复码
recovery-code-hint = 每个只能使用一次。
step-up-section = 操作确认
reading-step-up = 正在读取操作确认方式
authenticator = 身份验证器应用
authenticator-none = 敏感操作要求输入保管库密码。设置应用后则要求其验证码。
authenticator-since = 注册于{ $day }。敏感操作要求其验证码；仅有密码不够。
authenticator-enrol = 注册应用
authenticator-replace = 替换
authenticator-remove = 移除
recovery-codes = 恢复码
recovery-codes-left =
    { $count ->
       *[other] 还剩 { $count } 个，供应用丢失时使用。
    }
recovery-codes-renew = 创建新恢复码
recovery-codes-once = 请抄下并存放在这台电脑之外。每个可代替应用确认一次。它们不会再次显示。
recovery-codes-kept = 我已妥善保存
totp-title = 注册身份验证器应用
totp-replace-title = 替换身份验证器应用
totp-picture = 身份验证器应用的二维码
totp-scan = 用应用扫描图片，或输入：
totp-code = 应用显示的验证码
totp-asked-for = 以下情况需要：密钥、基础 URL、上限、导出、删除
totp-confirm = 确认

backups = 备份
backup-reading = 正在读取备份
backup-automatic = 自动备份
backup-newest = 有更改时每天一次，加密方式与保管库相同。最新：{ $time }，{ $size }，已验证。
backup-newest-off = 不会自动备份。最新：{ $time }，{ $size }，已验证。
backup-none-off = 不会自动备份，也没有备份。
backup-off = 自动备份已关闭。
backup-off-text = 如果保管库文件损坏或被删除，自最新备份以来的一切都会丢失，包括密钥。恢复、更换保管库密钥和更新之前仍会备份。
open-backups = 打开文件夹
backup-now-on = 每天备份一次
backup-now-off = 不自动备份
backup-none = 有更改时每天一次，加密方式与保管库相同。尚无备份。
backup-now = 立即备份
backup-kept = 保留
backup-kept-text = 最新的 10 个，最近 7 天每天一个，最近 4 周每周一个。较新的通过验证后，较旧的才会删除。
backup-check = 完整检查
backup-checked = 每周读取一次数据库的每一页。上次：{ $time }，没有问题。
backup-unchecked = 每周读取一次数据库的每一页。尚未进行。
backup-elsewhere = 其他位置
backup-elsewhere-text = 要备份到的文件夹，或要恢复的备份所在的文件夹。
backup-path = 文件夹路径
backup-there = 备份到该处
backup-look = 查看
backup-copying = 正在复制数据库
backup-checking = 正在完整读取副本
backup-restoring = 正在恢复
backup-undo-text = 已恢复一个备份。恢复前的保管库保存在单独的备份中。
backup-undo = 撤回
backup-made = 创建时间
backup-why = 原因
backup-size = 大小
backup-state = 状态
backup-manual = 手动
backup-daily = 每日
backup-migration = 更新前
backup-rotation = 更换保管库密钥前
backup-restore = 恢复前
backup-sound = 验证于{ $time }
backup-other-key = 使用以前的保管库密钥创建
backup-damaged = 已损坏
backup-verify = 验证
backup-verify-of = 验证{ $time }的备份
backup-restore-it = 恢复
backup-restore-of = 恢复{ $time }的备份
backup-verified = 备份完好
backup-was-made = 备份已创建
backup-was-read = 已打开并完整读取。
restore-backup-title = 恢复此备份？
restore-asks = 会先打开并完整读取。
restore-of = 保管库将回到{ $time }的状态。随后会锁定；密码仍为当前密码。
restore-looking = 正在读取备份
restore-undoable = 当前的保管库会事先存入单独的备份，因此可以撤回。
restore-backup-confirm = 恢复并锁定
restore-same = 不会有任何变化。
restore-calls = 用量日志目前有 { $now } 次调用，恢复后为 { $then } 次。
restore-changes = 将发生的变化
restore-what = 内容
restore-then = 恢复后
restore-provider = 提供商
restore-route = 路由
restore-budget = 预算
restore-setting = 设置
restore-prompt = 提示词
restore-added = 恢复出现
restore-removed = 不再存在
restore-changed = 恢复原状
rescue-password = 保管库密码
rescue-look = 查找备份
rescue-none = 这里没有完好且可用此密码打开的备份。请将备份放入备份文件夹，然后再次查找。
rescue-found = { $time }创建的备份完好。目前位于保管库位置的内容会保留在旁边。
rescue-restore = 恢复此备份
locked-restore-title = 恢复备份
locked-restore-lede = 备份将取代保管库，并用当时的密码打开。目前位于此处的内容会保留在旁边。
locked-restore-which = 选择备份
locked-restore-reading = 正在查找备份
locked-restore-none = 备份文件夹中没有备份。
locked-restore-elsewhere = 其他位置
locked-restore-path = 该备份文件夹的路径
locked-restore-path-hint = 包含 header、vault.db 和 manifest.json 的文件夹。
locked-restore-password = 当时的密码
locked-restore-password-hint = 创建备份时的保管库密码。
locked-restore-back = 返回密码输入

## First run, and what is said elsewhere than by the first part

set-up = 设置
step-password = 设置保管库密码
step-password-text = 加密这台电脑上的每个密钥。
step-provider = 添加第一个提供商
step-provider-text = 在向它分配请求之前先测试。
vault-is-a-file = 保管库是这台电脑上的一个文件夹。Signalbox 绝不会把密码发送到任何地方。
create-title = 创建保管库
create-lede = 一个密码保护所有提供商密钥。管理员无法重置它。
create-no-recovery = 忘记密码就会失去保管库。
create-forgotten = 届时只有恢复套件能打开它：保管库创建后，请在设置中创建套件。
create-vault = 创建保管库
creating-vault = 正在创建保管库
password-hint = 长比复杂更重要：六个互不相关的词就很安全。
time-to-guess = 估计一台 GPU 服务器需要 { $time }才能猜出
rule-holds = （已满足）
rule-fails = （尚未满足）
suggest-words = 推荐六个词
suggest-other = 换六个词
suggest-hint = 请抄下来，然后在上方和下方输入。它们不会保存在任何地方。
vault-location = 保管库位置
location-hint = 要存放在其他位置，请在启动前设置 SIGNALBOX_DATA_DIR。避免使用云服务同步的文件夹。
field-model = 模型
field-display-name = 显示名称
field-tasks = 任务路由
field-daily-limit = 每日词元上限
field-monthly-limit = 每月词元上限
field-description = 说明
field-default = 默认
field-base-url = 基础 URL
field-timeout = 超时
field-retries = 转到后备前的重试次数
field-requests-per-minute = 每分钟请求数
field-tokens-per-minute = 每分钟词元数
field-concurrent-calls = 并发调用数
field-daily-cost = 每日费用上限
field-monthly-cost = 每月费用上限
field-quality = 质量评分
field-input-price = 输入价格
field-output-price = 输出价格
field-cached-price = 缓存输入价格

## Further shortcuts

keys-reorder = 手动移动焦点行
keys-stats = 焦点行的用量
keys-run = 试验场：全部运行；面板：编辑所选提供商
keys-ends = 第一行和最后一行
keys-pages = 上移和下移十行
keys-extend = 选择经过的行
single-keys = 单键快捷键
single-keys-text = N、E 或 / 等字母和符号单独按下即有作用。如果您使用语音输入，或容易误触按键，请关闭。
