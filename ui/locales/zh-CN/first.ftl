# 页面最先需要的文字，简体中文。术语与语气见 docs/guide/languages.md。

## The vault

vault-password = 保管库密码
repeat-password = 再次输入密码
show-password = 显示密码
hide-password = 隐藏密码
no-kit = 没有恢复套件：忘记密码就会失去保管库
version = Signalbox { $version }
try-again = 重试

## First run

passwords-differ = 两次输入的密码不一致。请重新输入第一个。

## Lock screen

unlock-title = 保管库已锁定
unlock = 解锁
unlock-with-keyring = 使用系统密钥环解锁
use-kit = 使用恢复套件
use-backup = 恢复备份…
unlock-in = { $seconds } 秒后可解锁
locked-idle =
    { $minutes ->
       *[other] 闲置 { $minutes } 分钟后已锁定
    }
locked-asked = 由您锁定
locked-closed = 关闭窗口时已锁定
locked-away = 您离开期间已锁定
locked-restored = 备份已就位
open-older = 按现状打开
failed-attempts =
    { $count ->
       *[other] { $count } 次尝试失败。
    }
next-try = 距下次尝试
attempts-told =
    { $count ->
       *[other] 有 { $count } 次打开保管库的尝试失败
    }
attempts-told-detail = 最近一次是{ $when }。如果不是您本人，请在设置中更改密码。
wait-grows = 每失败一次，等待时间都会变长。
keys-leave-memory = 保管库锁定时，密钥会从内存中清除
sample-vault = 此保管库包含示例数据。
sample-password = 其密码是
unusable-title = 无法打开保管库

## Sidebar

sidebar = 侧边栏
main-navigation = 主导航
nav-manage = 管理
nav-observe = 观察
nav-deliver = 交付
nav-vault = 保管库
providers = 提供商
routing = 路由
playground = 试验场
health = 健康状况
settings = 设置
window-title = { $page } · Signalbox
part-unread = 窗口的这一部分无法读取
part-unread-advice = 请重试。如果问题依旧，请关闭窗口并重新启动 Signalbox。
search-or-run = 搜索或执行
unlocked-locks-in = 已解锁，距锁定
minutes-left = { $count } 分钟
lock-now = 立即锁定 (Ctrl L)

## Header and filters

configured = 已配置 { $count } 个，{ $active } 个启用
none-configured = 尚未配置
sample-data = 示例数据
sample-data-title = 此保管库中的提供商、密钥和用量均为虚构
add-provider = 添加提供商
test-all = 测试全部启用项
stop = 停止
batch-progress = 正在测试，已完成 { $done } / { $total }
search-providers = 搜索提供商
search-placeholder = 搜索名称、模型、任务
filter-type = 类型
filter-status = 状态
filter-task = 任务
clear = 清除
clear-filters = 清除搜索和筛选条件
shown-of = 显示 { $shown } 个，共 { $total } 个提供商
tokens-today = 今日词元
cost-today = 今日费用
need-attention = 需要关注
needs-attention = 需要关注
active = 启用
default = 默认
off = 停用

## List

reading-list = 正在读取提供商列表
column-provider = 提供商
column-status = 状态
column-last-test = 上次测试
column-tasks = 任务
column-today = 今日词元
column-cost = 7 天费用
column-actions = 操作
select-all = 选择全部显示项
select-name = 选择 { $name }
test-name = 测试 { $name }
edit-name = 编辑 { $name }
more-actions = { $name } 的更多操作
more-actions-title = 更多：复制、启用或停用、删除
group-cost = 7 天 { $amount }
group-partly = 7 天 { $amount }，另有未知费用
group-unknown = 费用未知
group-no-calls = 7 天内没有调用
never-tested = 从未测试
added-on = 添加于 { $day }
testing = 正在测试
slow = { $latency }，较慢
restricted = { $latency }，受限
no-task = 没有任务
more-tasks = 另有 { $count } 个
no-limit = 无上限
of-limit = / { $limit }
meter-label = { $name }：今日词元，已用每日上限的 { $percent }%
spark-label = { $name } 的 7 天费用
no-calls = 没有调用
unknown = 未知
price-unknown = 此模型的价格未知
plus-unknown = + { $count } 次无价格
no-match-title = 没有匹配的提供商
no-match-text = 换个词，或减少筛选条件试试。
empty-title = 添加您的第一个提供商
empty-text = 一个提供商由一个密钥、一个模型及其上限组成。请准备好 API 密钥。在它承担任何任务之前，您可以先进行测试。
origin-gemini = 来自 Google AI Studio 的密钥
origin-openai = 来自 OpenAI 控制台的项目密钥
origin-claude = 来自 Anthropic 控制台的密钥
origin-compatible = vLLM、Ollama 或任何兼容的 URL

## Actions

test = 测试
turn-on = 启用
turn-off = 停用
duplicate = 复制
make-default = 设为默认
delete = 删除
undo = 撤销
dismiss = 关闭
cancel = 取消
copy-details = 复制详细信息
bulk-actions = 对所选提供商的操作
bulk-selected = 已选择 { $count } 个
clear-selection = 取消选择

## Messages

messages = 消息
test-passed = { $name } 工作正常
test-failed = { $name }：{ $outcome }
latency-and-models =
    { $count ->
       *[other] { $latency }，可见 { $count } 个模型
    }
batch-title =
    { $count ->
       *[other] 已测试 { $count } 个提供商
    }
batch-detail = { $passed } 个通过，{ $failed } 个未通过
turned-on = 已启用 { $name }
turned-off = 已停用 { $name }
many-turned-on =
    { $count ->
       *[other] 已启用 { $count } 个提供商
    }
many-turned-off =
    { $count ->
       *[other] 已停用 { $count } 个提供商
    }
made-default = { $name } 已设为默认
duplicated = 已将 { $name } 添加为副本
duplicated-detail = 它处于停用状态，不承担任何任务。
deleted = 已删除 { $name }
deleted-detail = 撤销可将其连同密钥一并恢复。
undone = 已撤销
copied = 已复制
not-copied = 系统不允许复制

## Drawer

field-api-key = API 密钥
key-stored = 已保存，末四位为 ...{ $last }。留空则保持不变
key-stored-short = 已保存。留空则保持不变
key-optional = 如果服务器不需要密钥，请留空
remove-key = 移除已保存的密钥
remove-key-hint = 保存后，密钥将在此保管库中销毁。更改基础 URL 后，请重新输入密钥，或在此移除。
remove-key-typed = 上方输入的密钥将替换已保存的密钥。
key-entered = 输入于 { $age }
key-remark = 保存后只显示最后四个字符
show-key = 显示输入内容
hide-key = 隐藏输入内容

## Credential test

credential-test = 凭据测试
not-tested = 未测试
not-tested-hint = 免费：只列出模型，不生成内容
testing-before-saving = 保存前正在测试
test-again = 重新测试
tested-typed = 已用上方密钥测试，{ $age }
tested-saved = 已用保存的密钥测试，{ $age }
tested-keyless = 未用密钥测试，{ $age }
seconds = { $count } 秒
latency = 延迟
models-visible = 可见模型
http-status = HTTP 状态
no-figure = –
http-after = HTTP { $status }，耗时 { $latency }
what-happened = 发生了什么。
what-to-do = 该怎么办。
open-console = 打开 { $vendor } 控制台
request-id = 请求 { $id }

## Routing

save-routes = 保存路由
routes-saved = 路由已保存
task-prompt-saved = { $task } 的指令已保存
task-prompt-built-in = { $task } 已恢复为内置指令
task-prompt-holds = 从下一次调用起生效。
unsaved-routes =
    { $count ->
       *[other] { $count } 个任务有未保存的更改
    }

## Health

check-all-providers = 检查所有提供商的健康状况
no-data = 无数据
health-up = 正常
health-degraded = 性能下降
health-down = 不可用
health-unknown = 未检查
health-unreached = 未能连接
breaker-closed = 闭合
breaker-half-open = 半开
breaker-open = 断开
breaker-cannot-probe = 无法探测
strip-label = 过去 24 小时，共 48 个半小时：{ $up } 个正常，{ $degraded } 个性能下降，{ $down } 个不可用，{ $unknown } 个无数据
worst-down = { $name } 不可用。
worst-degraded = { $name } 性能下降。
worst-first = 它是 { $tasks } 的首选；由链中下一个接替。
worst-fallback = 它只是后备，因此没有任务在等它。
worst-no-task = 没有任务使用它。
incident-down = { $name } 不可用，已持续 { $lasted }
incident-degraded = { $name } 性能下降，已持续 { $lasted }
incident-was-down = { $name } 曾不可用 { $lasted }
incident-was-degraded = { $name } 曾性能下降 { $lasted }
incident-moved =
    { $count ->
       *[other] { $count } 次调用转到了其他提供商。
    }
not-well =
    { $count ->
       *[other] { $count } 个提供商状况不佳
    }
clock-today = 今天 { $time }
clock-today-within = 今天 { $time }
clock-yesterday = 昨天 { $time }
clock-yesterday-within = 昨天 { $time }
clock-day = { $day } { $time }

## Palette and shortcuts

palette-title = 搜索或执行 (Ctrl K)
palette-primary-for = { $model }，{ $tasks } 的首选
palette-off = { $detail }，已停用
palette-test = 测试 { $name }
palette-edit = 编辑 { $name }
palette-turn-on = 启用 { $name }
palette-turn-off = 停用 { $name }
palette-add = 添加提供商：{ $kind }
palette-go = 转到{ $page }
palette-lock = 立即锁定保管库
palette-help = 键盘快捷键

## Time

age-now = 刚刚
age-seconds = { $count } 秒前
age-minutes = { $count } 分钟前
age-hours = { $count } 小时前
age-yesterday = 昨天 { $time }
month =
    { $month ->
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
    }
weekday =
    { $day ->
        [1] 周一
        [2] 周二
        [3] 周三
        [4] 周四
        [5] 周五
        [6] 周六
       *[7] 周日
    }
day-of-month = { $month }{ $day }日
day-with-year = { $year }年{ $date }
month-with-year = { $year }年{ $month }
day-with-weekday = { $date } { $weekday }

## Playground

prompt-deleted = 已删除 { $name }
prompt-deleted-detail = 内容仍保留在输入框中。
attached-too-large = 附件总计不得超过 8 MB。请选择较小的文件。
attached-unread = 无法读取 { $name }。请重新选择。
cost = 费用

## Settings

catalogue-too-large = 文件大于 { $size } KB
catalogue-unread = 无法读取文件
catalogue-advice = 请选择模型目录，即包含“as_of”和“models”的 JSON 文件。未作任何更改。
catalogue-in-force = { $day } 的价格已生效
catalogue-in-force-detail = 从下一次调用起适用。已记录的调用保持原价。
usage = 用量

## Names of pages that are fetched later

budgets = 预算
unread-alerts =
    { $count ->
       *[other] { $count } 条提醒尚未查看
    }
insights = 洞察
history = 历史记录
bundles = 配置包
bundles-due =
    { $count ->
       *[other] { $count } 个配置包即将到期
    }
sync = 同步
sync-asked =
    { $count ->
       *[other] { $count } 个冲突待决定
    }

## Where figures come from

shown-from = 来源
source-here = 这台电脑

## Example set-ups and quick ways

set-up-production = 生产
set-up-production-lede = Gemini 负责提取和验证，OpenAI 负责写作，一方失败时由另一方接替。两者都有词元上限。
set-up-development = 开发
set-up-development-lede = 每家供应商一个提供商，没有路由：切换默认即切换全部。
set-up-budget = 经济
set-up-budget-lede = 所有任务都使用 Gemini 快速且低价的模型，别无其他。
empty-first = 从一个密钥开始
empty-first-text = 粘贴密钥即可：自动识别其供应商，建议一个模型，并测试两者。
empty-set-ups = 或从示例开始
empty-types = 或自行填写所有内容
add-more = 更多添加方式
add-first = 仅凭密钥
default-switch = 默认提供商
default-none = 无默认
default-is = 默认：{ $name }
bulk-export = 导出
move-up = 上移
move-down = 下移
ordered = 已手动排序
ordered-detail = 列表将按此顺序显示，直到您按某一列排序。
many-deleted = { $count ->
   *[other] 已删除 { $count } 个提供商
}
stats-name = { $name } 的用量
nothing-to-undo = 没有可撤销的更改
failure-line = { $message }。{ $advice }
