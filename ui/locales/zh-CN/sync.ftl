# 关于与服务器同步的文字：页面及其对话框。

## The page

sync-never = 两侧从未一致过
sync-completed = 上次完整同步：{ $when }
sync-push = 推送 { $count } 项
sync-pull = 拉取 { $count } 项
sync-all = 全部同步
sync-all-waits = 需等所有冲突都有了决定
reading-sync = 正在读取服务器
sync-empty-title = 尚无服务器
sync-empty-text = 同步让本机的提供商与服务器管理 API 上的保持一致。所有差异都会在操作之前显示，冲突逐字段决定，密钥只有在您选择时才会上传，且绝不下载。
sync-connect = 连接服务器
sync-servers = 服务器
sync-connection = 连接
sync-edit = 更改连接
sync-log-in = 登录
sync-log-in-again = 重新登录
sync-add = 连接另一台服务器
sync-promote = 转移提供商
sync-send-key = 发送密钥
sync-forget = 忘记此服务器
sync-forget-text = 与它的同步记录将被忘记。两侧的提供商都不会改变。
sync-forgotten = 已忘记服务器
sync-connected-as = 已连接，身份 { $name }，角色 { $role }。
sync-connected = 已连接。
sync-not-connected = 未连接。
sync-pinned = 证书已固定。
sync-ahead-here = 本机较新
sync-ahead-there = 远程较新
sync-conflicts =
    { $count ->
       *[other] 冲突
    }
sync-check = 立即检查
sync-checking = 正在查看两侧
sync-logged-out-title = 登录后才能比较
sync-logged-out-text = 保管库锁定时会话即结束。您在此期间于本机所作的更改会随下次同步上传。
sync-away = 自{ $since }起无法连接。
sync-away-answered = 自{ $since }起无法连接，上次应答于{ $at }。
sync-offline = 您在本机所作的更改会随下次同步上传。
sync-factor-title = 服务器要求第二重验证
sync-factor-text = 新密钥、删除以及提高上限需要该服务器账户的验证码。
sync-factor-confirm = 提交验证码
sync-suspicious = 两侧均未作任何更改。
sync-accept-rolled-back = 继续，并就每处差异询问我
sync-accept-many-gone = 继续，它们是有意删除的
sync-same-title = 两侧一致
sync-same-text = 查看于{ $time }。
sync-note = 密钥只有在您选择时才通过加密连接上传，且绝不下载。未经选择，不会覆盖任何内容。
sync-running = 第 { $done } 步，共 { $of } 步
sync-started = 正在同步
sync-stop = 停止
sync-stopped = 同步已停止。已完成的保留，下次从此处继续。

## Differences

sync-differences =
    { $count ->
       *[other] { $count } 处差异
    }
sync-list = 差异
sync-kinds = 类别
sync-kind-here = 本机较新
sync-kind-there = 远程较新
sync-kind-both = 两侧都有更改
sync-kind-conflict = 冲突
sync-kind-waits = 等待中
sync-search = 按名称搜索
sync-no-kind = 没有此类型和名称的差异。
sync-fields =
    { $count ->
       *[other] { $count } 个字段
    }
sync-new-here = 本机新增
sync-new-there = 远程新增
sync-deleted-here = 本机已删除
sync-deleted-there = 远程已删除
sync-key-goes = 其密钥
sync-default = 默认提供商
sync-place = 首位：{ $task }
sync-changed-both = 两侧都已更改
sync-changed-here = 本机已更改
sync-changed-there = 远程已更改
sync-keep-here = 全部保留本机的
sync-keep-there = 全部保留远程的
sync-field = 字段
sync-this-computer = 这台电脑
sync-before = 之前：{ $value }
sync-goes-up = 上传到远程
sync-comes-down = 下载到本机
sync-same = 一致
sync-chosen = 您的选择
sync-choose-again = 重新选择
sync-left =
    { $count ->
        [0] 每个字段都已选择
       *[other] 还有 { $count } 个字段需要选择：{ $names }
    }
sync-apply = 应用选择
sync-choice-of = { $field }：{ $side }
sync-changed-by = 由 { $who } 更改，{ $at }
sync-changed-at = 更改于{ $at }，更改者未知
sync-changed-whole = 此提供商最近更改于{ $at }，更改者未知
sync-changed-unknown = 更改者和更改时间均未知
sync-why-never-agreed = 两侧在首次连接之前就都已有它，因此无法知道哪一个较新。
sync-why-interrupted = 本机有一个请求中断，而远程此后有更改。
sync-why-several = 只能由一个持有的内容，远程允许多个持有。
sync-key = API 密钥
sync-key-ends = 末四位为 ...{ $last }
sync-key-kept = 保存在此保管库中
sync-key-none = 本机没有
sync-key-send = 下次同步时发送此密钥
sync-key-waits = 远程没有它的密钥，或密钥属于另一个基础 URL。请选择将密钥一并发送。
sync-url-down = 本机保存的密钥是为另一个基础 URL 输入的：它将被移除，需要重新输入。
sync-new-down = 它不带密钥。使用前请在本机输入一个。
sync-delete-down = 它会连同密钥在本机删除。
sync-only = 只同步这一项

## Fields and values

sync-name = 名称
sync-model = 模型
sync-description = 说明
sync-active = 启用
sync-daily = 每日上限
sync-monthly = 每月上限
sync-base-url = 基础 URL
sync-insecure = 允许明文 http
sync-holder = 持有者
sync-existence = 提供商
sync-yes = 是
sync-no = 否
sync-no-limit = 无上限
sync-nothing = 无
sync-nobody = 无人
sync-is-there = 存在
sync-deleted = 已删除

## What a run came to

sync-done-title = 同步完成
sync-done = 上传 { $up } 项，下载 { $down } 项。
sync-overtaken = { $count } 项被他人抢先：请再看一次。
sync-undone-title = 未完成
sync-undone-place = 一个位置

## Dialogs

remote-add-title = 连接服务器
remote-edit-title = 更改连接
remote-lede = 任何提供此管理 API 的服务器：Signalbox 的服务器，或该 API 所属的应用。
remote-address = 地址
remote-address-hint = /api/v1 之前的部分。http:// 仅限本机。
remote-name-hint = 留空则使用主机名。
remote-pin = 固定证书
remote-pin-hint = 服务器证书的 SHA-256。留空则信任这台电脑所信任的证书。
remote-optional = 可选
remote-test = 测试
remote-testing = 正在测试
remote-reached = 此处有管理 API 应答。
remote-shown-pin = 它出示的证书是 { $pin }。
remote-use-pin = 固定此证书
remote-way = 登录方式
remote-way-password = 密码和验证码
remote-way-token = 应用的令牌
remote-user = 该服务器上的用户名
remote-keep = 加密保存在保管库中
remote-keep-hint = 否则每次都会询问。
remote-secret-kept = 已保存一个。留空则保持不变。
remote-password = 该服务器上的密码
remote-token = 令牌
remote-code = 该服务器账户的验证码
remote-code-hint = 身份验证器应用显示的六位数字，或一个恢复码。
remote-save-connect = 保存并登录
remote-login-title = 登录 { $name }
remote-login-kept = 留空之处将使用保管库中保存的内容。
promote-title = 转移提供商
promote-lede = 从一台服务器拉取，再推送到另一台。任何一侧出现冲突都会停下，由您决定。
promote-provider = 提供商
promote-from = 从
promote-to = 到
promote-key = 一并发送本机保存的密钥
promote-key-hint = 不发送时，另一台服务器保留其现有密钥。
promote-confirm = 转移
send-key-title = 发送密钥
send-key-lede = 提供商当前的密钥会在下次同步时通过加密连接发送给 { $name }。
send-key-confirm = 选择此密钥
remote-forget-title = 要忘记 { $name } 吗？
remote-forget-lede = 两侧的提供商都不会改变。以下内容将丢失，且无法恢复：
remote-forget-agreed = 两侧已达成一致的内容。重新连接后，每个不一致的字段都需要您决定。
remote-forget-pending = 已选择但尚未上传的决定和密钥，以及服务器尚未得知的删除。
remote-forget-secret = 此保管库中为它保存的密码或令牌。
remote-forget-session = 该服务器上的会话。它对这台电脑而言就此结束；服务器会保留自己的会话记录。
remote-forget-confirm = 忘记

## What a server says of itself, in Usage, Health and History

told-by = { $name }
told-by-at = { $name }，查询于 { $time }
told-asking = 正在询问服务器
told-ask-again = 再次询问
told-source = 来自 { $name }
told-source-text = 内容如服务器所述。其中没有这台电脑的数据，也不会保存在这里。
told-last = { $time }的数据：
told-logged-out = 登录后才能查看此服务器的数据
told-logged-out-text = 保管库锁定时，该服务器上的会话即结束。
told-not-offered = 此服务器不提供这些数据
told-not-offered-text = 规范中的管理 API 只有用量。健康状况和历史记录由 Signalbox 的服务器提供。
told-span = 时间范围
told-days-short =
    { $count ->
       *[other] { $count } 天
    }
told-days =
    { $count ->
       *[other] 最近 { $count } 天（UTC）
    }
told-search = 搜索此服务器的历史记录
told-by-model = 按模型
told-newest-calls = 最新调用
told-no-calls = 此时间范围内没有调用。
told-sums-alone = 此服务器只提供合计。
told-unpriced =
    { $count ->
       *[other] { $count } 次调用没有价格
    }
told-cost = 费用
told-calls = 调用
told-tokens = 词元
told-model = 模型
told-success = 成功率
told-latency = 延迟
told-succeeded = 成功
told-failed = 失败
told-deleted = 已删除的提供商
told-time = 时间
told-provider = 提供商
told-task = 任务
told-user = 用户
told-status = 状态
told-no-providers = 此服务器没有提供商。
told-no-acts = 没有匹配的条目。
told-older = 更早的条目
