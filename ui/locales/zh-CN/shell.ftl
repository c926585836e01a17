# 页面背后的程序直接给出的句子，依据相同键的英文句子识别。

## The vault and the lock screen

said-locked = 保管库已锁定
said-locked-advice = 请用保管库密码解锁。
said-not-password = 保管库密码不正确
said-not-opened = 此密码未能打开保管库
said-caps-lock = 请检查大写锁定键和键盘布局。
said-wrong-passwords = 密码错误次数过多
said-wait-doubles = 请在 { $seconds } 秒后重试。每次失败后等待时间加倍，最长 60 秒。
said-wrong-answers = 回答错误次数过多
said-wait-unchanged = 请在 { $seconds } 秒后重试。未作任何更改。
said-proof-needed = 此操作需要证明是您本人
said-proof-advice = 请输入保管库密码；如果已注册身份验证器应用，请输入其验证码。
said-code-used = 此验证码已使用过
said-code-next = 请等待应用的下一个验证码：每个只能使用一次。
said-code-wrong = 验证码不正确
said-code-now = 请使用应用当前显示的验证码，并检查这台电脑的时钟。
said-code-none = 这不是任何一个恢复码
said-code-letters = 请逐个字母核对。用过一次的恢复码即失效。
said-app-enrolled = 已注册身份验证器应用
said-app-enter = 请输入其验证码或恢复码。
said-app-none = 尚未注册身份验证器应用
said-enter-password = 请输入保管库密码。
said-no-enrolment = 当前没有正在注册的应用
said-enrol-anew = 请重新开始：会显示新的图片。
said-app-damaged = 身份验证器应用的密钥已损坏
said-app-recover = 请输入恢复码，然后重新注册应用。
said-kit-wrong = 此恢复套件无法打开保管库
said-kit-newer = 请找较新的套件：每个新套件都会使旧套件失效，使用过或更换保管库密钥后也会失效。
said-kit-absent = 此保管库没有恢复套件
said-kit-count = 输入了 { $count } 个单词，而恢复套件有 24 个
said-kit-count-advice = 请按顺序输入套件的所有单词，以空格分隔。
said-kit-word = 第 { $place } 个单词不是恢复套件中的单词
said-kit-word-advice = 请逐个字母将此单词与套件核对。
said-kit-apart = 这些单词不属于同一个套件
said-kit-compare = 请将单词及其顺序与套件核对。
said-kit-not-this = 这不是当前有效的恢复套件
said-kit-make = 请创建新套件并保存。
said-open-already = 保管库已打开
said-lock-first = 请先锁定，或在设置中更改密码。
said-keyring-silent = 系统密钥环没有响应
said-keyring-locked = 系统密钥环已锁定
said-keyring-absent = 没有系统密钥环
said-keyring-empty = 系统密钥环中没有此保管库的内容
said-keyring-refused = 系统密钥环拒绝了请求
said-keyring-not-this = 系统密钥环中的内容无法打开此保管库
said-keyring-off = 系统密钥环不能打开此保管库
said-keyring-wait = 它可能在等待自己的密码：请查找其窗口，然后重试，或使用保管库密码。
said-keyring-unlock = 请将其解锁后重试，或使用保管库密码。
said-keyring-linux = 请使用保管库密码。在 Linux 上，GNOME Keyring 或 KWallet 提供密钥环。
said-keyring-again = 请使用保管库密码，然后在设置中将密钥环关闭再重新启用。
said-use-password = 请使用保管库密码。
said-password-days = 已有 { $days } 天未用密码打开保管库
said-password-time = 这次请使用保管库密码。之后密钥环即可再次打开它。
said-vault-exists = 此文件夹中已有保管库
said-unlock-instead = 请改为解锁。它未被更改。
said-other-signalbox = 另一个 Signalbox 正在使用此数据文件夹
said-headers-damaged = 保管库文件头的两份副本均已损坏
said-header-unread = 无法读取保管库文件头
said-vault-newer = 此保管库由较新版本的 Signalbox 写入
said-restore = 请在此查找备份，或将您自己的副本放到保管库的位置后重试。请保留损坏的文件。
said-update = 请安装最新版本的 Signalbox 并用它打开保管库。未作任何更改。
said-check-readable = 请检查数据文件夹的权限和磁盘状况，然后重试。保管库可能完好：不要替换任何文件。
said-database-damaged = 保管库的数据库已损坏
said-no-memory = 可用内存不足
said-no-memory-open = 可用内存不足，无法打开保管库
said-close-programs = 请关闭其他程序，然后重试。
said-close-programs-unchanged = 请关闭其他程序，然后重试。未作任何更改。
said-password-short = 请至少使用 12 个字符。
said-password-long = 请最多使用 1,024 字节；大多数密码要短得多。
said-password-easy = 此密码太容易猜到。请加长，或使用推荐的六个词。

## The disk and the database

said-disk-full = 磁盘已满
said-free-space = 请释放一些磁盘空间，然后重试。此前保存的一切均未改变。
said-disk-error = 磁盘报告了错误
said-check-disk = 请检查磁盘状况，然后重试。此前保存的一切均未改变。
said-folder-unwritten = 无法写入数据文件夹
said-vault-unwritten = 无法写入保管库文件夹
said-check-permissions = 请检查数据文件夹的权限，以及磁盘是否为只读。此前保存的一切均未改变。
said-database-used = 另一个程序正在使用保管库的数据库
said-database-close = 请关闭占用数据文件夹的程序，然后重试。
said-database-refused = 数据库拒绝了更改
said-report-log = 未作任何更改。如果再次发生，请附上日志文件报告。
said-download-failed = 文件无法写入下载文件夹
said-download-permissions = 请检查该文件夹的权限，然后重试。
said-download-older = 请将旧文件移出该文件夹，然后重试。
said-download-disk = 请检查该文件夹所在的磁盘，然后重试。

## Records and their fields

said-provider-gone = 此提供商已不存在
said-budget-gone = 此预算已不存在
said-gone-advice = 它已在此期间被删除；列表会重新读取。
said-provider-changed = 此提供商已在此期间被更改
said-budget-changed = 此预算已在此期间被更改
said-changed-advice = 请查看当前状态，然后再次更改。
said-name-used = 名称已被使用。请换一个。
said-task-exists = 已有同名任务。请换一个。
said-task-none = 其中一个任务不存在。请先添加。
said-budget-exists = 已有这样的预算。请更改那一个。
said-budget-provider-gone = 此提供商已不存在。请选择其他。
said-one-field = 一个字段需要修改
said-many-fields = { $count } 个字段需要修改
said-one-route = 一条路由无法保存
said-many-routes = { $count } 条路由无法保存
said-routes-advice = 未保存任何内容。请修改标出的部分，然后再次保存。
said-routes-changed = 路由已在此期间被更改
said-fill-in = 请填写此项。
said-shorten = 请缩短到 { $limit } 个字符；目前有 { $length } 个。
said-invisible = 请移除不可见字符 U+{ $code }。
said-blank = 请移除空格。
said-task-name = 请使用 1 到 64 个小写字母、数字和 _，以字母开头，例如 cover_letter。
said-limit-small = 请输入 1 或更大的数，或留空。
said-limit-large = 请输入不超过 { $most } 的数。
said-limit-range = 请输入 { $least } 到 { $most }，或留空。
said-cost-range-empty = 请输入大于 0 且不超过 10,000,000 的美元金额，或留空。
said-cost-range = 请输入大于 0 且不超过 10,000,000 的美元金额。
said-price = 请输入每百万词元的美元价格，例如 0.25。
said-characters = 请输入 1 到 { $most } 个字符。
said-url-enter = 请输入服务器地址，例如 Ollama 为 http://localhost:11434/v1。
said-url-short = 请将地址缩短到 { $most } 个字符。
said-url-blank = 请移除地址中的空格或不可见字符。
said-url-scheme = 地址请以 https:// 开头；本机上的服务器可用 http://。
said-url-host = 请输入主机名有效的地址，例如 https://gateway.example.com/v1。
said-url-login = 请移除地址中的用户名和密码；密钥有单独的字段。
said-url-query = 请移除地址中问号及其后的部分。
said-url-fragment = 请移除地址中 # 及其后的部分。
said-url-key = 请为新的基础 URL 重新输入密钥。
said-name-differs = 名称不匹配
said-name-exactly = 请完全按显示输入提供商名称。
said-undo-over = 此操作已无法撤销
said-undo-advice = 请手动更改提供商，或查看历史记录。
said-stopped = 已停止
said-start-again = 准备好后可再次开始。
said-not-understood = 无法理解请求
said-broken-off = Signalbox 在处理过程中中断
said-restart = 请重新启动 Signalbox。如果再次发生，请报告。
said-network-failed = 无法设置网络
said-proxy-settings = 请检查这台电脑环境变量中的代理设置，然后重新启动 Signalbox。
said-port-used = 另一个程序正在使用端口 { $port }
said-port-refused = 系统不允许 Signalbox 使用端口 { $port }

## Keys

said-no-key = 此提供商没有密钥
said-enter-first = 请先输入一个。
said-enter-new = 请输入新的 API 密钥。
said-same-key = 此密钥已在使用。请在供应商页面创建新密钥并输入。
said-none-kept = 上一个密钥已不在这里
said-none-kept-advice = 它已到期或已被销毁。请重新输入密钥，或另建一个。
said-key-other-url = 密钥是为另一个基础 URL 输入的
said-key-damaged = 保存的密钥已损坏，或属于其他记录
said-key-newer = 此密钥由较新版本的 Signalbox 加密

## Tests of keys: outcomes

said-works = 正常
said-works-restricted = 正常，密钥受限
said-key-malformed = 密钥格式错误
said-key-rejected = 密钥被拒绝
said-no-permission = 没有权限
said-model-not-found = 找不到模型
said-rate-limited = 达到速率限制
said-quota-exhausted = 配额用尽
said-overloaded = 过载
said-vendor-error = 供应商错误
said-wrong-url = 基础 URL 错误
said-redirected = 被重定向到别处
said-tls-failed = TLS 失败
said-name-unresolved = 无法解析名称
said-no-connection = 无法连接
said-timed-out = 超时
said-answer-unread = 无法理解回答

## Tests of keys: pieces of sentences

said-server-start = { $host } 上的服务器
said-server = { $host } 上的服务器
said-accepts-key = 接受此密钥
said-answers-keyless = 无需密钥即可应答
said-answers = 已应答
said-configured-model = 所配置的模型
said-one-model = 1 个模型
said-many-models = { $count } 个模型
said-at-page = { $url } 处
said-with-host = { $host } 的运营者处
said-wait-minute = 请等待一分钟
said-wait = 请等待 { $when }
said-another-address = 另一个地址

## Tests of keys: sentences

said-test-only-model = { $who } { $accepted }；{ $model } 是其唯一列出的模型。
said-test-listed = { $who } { $accepted }；{ $model } 在其列出的 { $count }之中。
said-test-alias = { $who } { $accepted }，并认识 { $model }，尽管其列出的 { $count }中没有此名称。
said-nothing-to-do = 无需任何操作。
said-nothing-but-credit = 无需任何操作。测试不产生费用，因此无法显示账户是否有余额。
said-list-open = 服务器无需密钥也会显示列表，因此这不能说明密钥是否有效：只有真实调用才能。
said-refuses-recent = { $who } 列出了此模型，但拒绝新近创建的密钥使用。
said-shuts-down = 此模型将于 { $day } 关停。
said-test-no-text = { $who } { $accepted }，但 { $model } 不生成文本。
said-choose-text = 请选择能生成文本的模型。
said-test-no-models = { $who } { $accepted }，但没有列出任何模型。
said-test-missing = { $who } { $accepted }，但 { $model } 不在其列出的 { $count }之中。
said-load-model = 请在服务器上加载模型，然后重新测试。
said-which-models = 请在{ $console }查看此密钥所属项目可使用哪些模型。
said-choose-listed = 请选择列出的模型之一，并确认此密钥的账户有权访问。
said-closest-one = 请检查拼写。最接近的名称是 { $name }。
said-closest-many = 请检查拼写。最接近的名称有 { $names }。
said-key-empty = 没有密钥，而 { $who } 需要密钥。
said-key-blank = 密钥中有空格或换行，因此没有发送。
said-key-unprintable = 密钥中有 HTTP 标头无法传输的字符，因此没有发送。
said-key-wanted = { $who } 要求密钥{ $http }。
said-enter-server-key = 请输入此服务器的密钥。
said-key-unknown = { $who } 不接受此密钥{ $http }。
said-key-check = 请在{ $console }确认密钥存在、已启用且属于正确的账户，然后重新完整粘贴。
said-key-expired = { $who } 表示此密钥已过期{ $http }。
said-key-leaked = { $who } 已停用此密钥，因为它被公开泄露{ $http }。
said-key-other-kind = { $who } 认为这不是 API 密钥，而是其他类型的令牌{ $http }。
said-key-renew = 请在{ $console }创建新密钥并在此输入。
said-key-published = 请查明旧密钥是在哪里泄露的。
said-key-vendor = 它看起来像另一家供应商的密钥：{ $vendor }。
said-no-listing = { $who } 认识此密钥，但不允许它列出模型{ $http }。
said-no-scope = { $who } 认识此密钥，但它无权列出模型，因此无法检查 { $model }{ $http }。
said-scope-advice = 它仍可能可用。要检查模型，请在{ $console }授予密钥读取模型的权限。
said-busy = { $who } 目前不再接受请求{ $http }。
said-busy-advice = { $wait }，然后重新测试。如果再次出现，请查看用量峰值、降低每日词元上限，或添加第二个提供商分担负载。
said-quota-today = { $who } 的今日配额已用完{ $http }。
said-no-quota = 账户在 { $who } 的等级没有此项配额{ $http }。
said-no-credit = 在 { $who } 的账户已没有余额{ $http }。
said-credit-advice = 等待无济于事：请在{ $console }充值或检查账单。
said-billing-advice = 等待无济于事：请在{ $console }设置账单，或选择其他模型。
said-spend-limit = 账户或项目在 { $who } 的花费上限已达到{ $http }。
said-spend-advice = 请在{ $console }提高上限，或在重置前使用其他提供商。
said-no-capacity = { $who } 目前没有容量{ $http }。
said-failed-itself = { $who } 自身发生故障{ $http }。
said-gateway-failed = { $who } 前面的网关发生故障{ $http }。
said-gave-up = { $who } 等待请求超时{ $http }。
said-key-not-at-fault = 与密钥无关。{ $wait }，然后重新测试；第二个提供商可让任务继续运行。
said-web-page = { $host } 返回的是网页，而不是 { $label } API{ $http }。
said-other-api = { $host } 上应答的不是 { $label } 的 API{ $http }。
said-no-list-here = { $host } 的这个地址没有模型列表{ $http }。
said-url-try = 请更正基础 URL：试试 { $better }。
said-url-own = 请更正基础 URL；{ $label } 自己的是 { $default }。
said-url-usually = 请更正基础 URL。它通常以 /v1 结尾，例如 http://localhost:11434/v1。
said-name-no-address = 名称 { $host } 没有对应的地址。
said-name-advice = 请检查基础 URL 的拼写和网络连接。如果环境变量中设置了代理，也请检查其名称。
said-key-unsent = 密钥没有发送。
said-tls-untrusted = { $host } 的证书不是由这台电脑信任的机构签署的。
said-tls-untrusted-advice = 如果是您自己的服务器或代理，请将其机构添加到系统证书中。否则请勿继续：可能有人在窃听。
said-tls-expired = { $host } 的证书已过期。
said-tls-expired-advice = 请检查这台电脑的时钟。如果时钟正确，则服务器的运营者需要更新证书。
said-tls-host = { $host } 上的证书属于另一台主机。
said-connect-late = 未能及时连接到 { $host }。
said-answer-late = { $host } 接受了请求，但没有及时应答。
said-connect-late-advice = 请检查基础 URL 的主机和端口、防火墙和代理，然后重新测试。
said-answer-late-advice = 请一分钟后重新测试。如果问题依旧，则 { $who } 或网络有问题；密钥可能没有问题。
said-nothing-accepts = { $host } 不接受连接。
said-nothing-accepts-advice = 请检查服务器是否在运行，以及基础 URL 中的端口是否正确。
said-no-way = 从这里无法到达 { $host }。
said-no-way-advice = 请检查网络连接、VPN 和防火墙。
said-broke = 与 { $host } 的连接在应答之前中断。
said-broke-advice = 请重新测试。如果问题依旧，请检查基础 URL 的协议和端口，以及中间的防火墙或代理。
said-unconnected = 无法与 { $host } 建立连接。
said-unconnected-advice = 请检查网络连接。如果环境变量中设置了代理 (HTTPS_PROXY)，请确认它允许此地址。
said-sent-on = { $host } 将请求转到 { $target }。密钥没有发送到那里。

## Calls

said-call-key = { $who } 不接受此密钥
said-call-key-advice = 请在{ $console }检查密钥，然后在 Signalbox 中重新输入。
said-call-model = { $who } 没有供此密钥使用的 { $model }
said-call-model-advice = 请检查模型名称，并在 Signalbox 中测试该配置。
said-call-long = 对话超出 { $model } 可接受的长度
said-call-long-advice = 请缩短对话，或选择窗口更大的模型。
said-call-blocked = { $who } 的内容过滤器拒绝了提示词
said-call-blocked-advice = 请修改提示词；重新调用无济于事。
said-call-busy = { $who } 目前不再接受调用
said-call-busy-advice = { $wait }，然后重新调用，或添加第二个提供商分担负载。
said-call-quota = { $who } 的今日配额已用完
said-call-credit = 在 { $who } 的账户已没有余额
said-call-capacity = { $who } 目前没有容量
said-call-failed = { $who } 自身发生故障
said-call-again-second = { $wait }，然后重新调用；第二个提供商可让任务继续运行。
said-call-late = 在此配置的时限内没有收到回答
said-call-late-advice = 请重新调用，或在 Signalbox 中为该配置设置更长的时限。
said-call-cut = 回答在结束之前中断
said-call-again = 请重新调用。
said-ask-again = 请再次询问。
said-call-empty = 回答为空
said-call-empty-advice = 请允许更多输出词元，或使用其他模型。
said-call-json = 回答不是所要求的 JSON
said-call-json-advice = 请重新调用，或使用能遵循架构的模型。
said-no-fitting-key = 此配置没有与其地址相符的密钥
said-no-fitting-key-advice = 请在 Signalbox 中输入其密钥。

## News of budgets

said-spent = { $whose }：{ $period }已用完
said-will-not-last = { $whose }：{ $period }很可能不够
said-part-spent = { $whose }：已花费{ $period }的 { $percent }%
said-days = 当日预算
said-months = 当月预算
said-all-usage = 全部用量
said-deleted-provider = 已删除的提供商

## The page's own words to the shell

said-answer-odd = 无法理解程序的应答
said-refused-silently = 程序拒绝了请求，没有说明原因
said-window-anew = 请重试。如果问题依旧，请关闭窗口并重新启动 Signalbox。
