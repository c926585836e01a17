# 页面背后的程序直接给出的句子，依据相同键的英文句子识别。

## The vault and the lock screen

heard-locked = 保管库已锁定
heard-locked-advice = 请用保管库密码解锁。
heard-not-password = 保管库密码不正确
heard-not-opened = 此密码未能打开保管库
heard-caps-lock = 请检查大写锁定键和键盘布局。
heard-wrong-passwords = 密码错误次数过多
heard-wait-doubles = 请在 { $seconds } 秒后重试。每次失败后等待时间加倍，最长 60 秒。
heard-wrong-answers = 回答错误次数过多
heard-wait-unchanged = 请在 { $seconds } 秒后重试。未作任何更改。
heard-proof-needed = 此操作需要证明是您本人
heard-proof-advice = 请输入保管库密码；如果已注册身份验证器应用，请输入其验证码。
heard-code-used = 此验证码已使用过
heard-code-next = 请等待应用的下一个验证码：每个只能使用一次。
heard-code-wrong = 验证码不正确
heard-code-now = 请使用应用当前显示的验证码，并检查这台电脑的时钟。
heard-code-none = 这不是任何一个恢复码
heard-code-letters = 请逐个字母核对。用过一次的恢复码即失效。
heard-app-enrolled = 已注册身份验证器应用
heard-app-enter = 请输入其验证码或恢复码。
heard-app-none = 尚未注册身份验证器应用
heard-enter-password = 请输入保管库密码。
heard-no-enrolment = 当前没有正在注册的应用
heard-enrol-anew = 请重新开始：会显示新的图片。
heard-app-damaged = 身份验证器应用的密钥已损坏
heard-app-recover = 请输入恢复码，然后重新注册应用。
heard-kit-wrong = 此恢复套件无法打开保管库
heard-kit-newer = 请找较新的套件：每个新套件都会使旧套件失效，使用过或更换保管库密钥后也会失效。
heard-kit-absent = 此保管库没有恢复套件
heard-kit-count = 输入了 { $count } 个单词，而恢复套件有 24 个
heard-kit-count-advice = 请按顺序输入套件的所有单词，以空格分隔。
heard-kit-word = 第 { $place } 个单词不是恢复套件中的单词
heard-kit-word-advice = 请逐个字母将此单词与套件核对。
heard-kit-apart = 这些单词不属于同一个套件
heard-kit-compare = 请将单词及其顺序与套件核对。
heard-kit-not-this = 这不是当前有效的恢复套件
heard-kit-make = 请创建新套件并保存。
heard-open-already = 保管库已打开
heard-lock-first = 请先锁定，或在设置中更改密码。
heard-keyring-silent = 系统密钥环没有响应
heard-keyring-locked = 系统密钥环已锁定
heard-keyring-absent = 没有系统密钥环
heard-keyring-empty = 系统密钥环中没有此保管库的内容
heard-keyring-refused = 系统密钥环拒绝了请求
heard-keyring-not-this = 系统密钥环中的内容无法打开此保管库
heard-keyring-off = 系统密钥环不能打开此保管库
heard-keyring-wait = 它可能在等待自己的密码：请查找其窗口，然后重试，或使用保管库密码。
heard-keyring-unlock = 请将其解锁后重试，或使用保管库密码。
heard-keyring-linux = 请使用保管库密码。在 Linux 上，GNOME Keyring 或 KWallet 提供密钥环。
heard-keyring-again = 请使用保管库密码，然后在设置中将密钥环关闭再重新启用。
heard-use-password = 请使用保管库密码。
heard-password-days = 已有 { $days } 天未用密码打开保管库
heard-password-time = 这次请使用保管库密码。之后密钥环即可再次打开它。
heard-vault-exists = 此文件夹中已有保管库
heard-unlock-instead = 请改为解锁。它未被更改。
heard-other-signalbox = 另一个 Signalbox 正在使用此数据文件夹
heard-headers-damaged = 保管库文件头的两份副本均已损坏
heard-header-unread = 无法读取保管库文件头
heard-vault-newer = 此保管库由较新版本的 Signalbox 写入
heard-restore = 请在此查找备份，或将您自己的副本放到保管库的位置后重试。请保留损坏的文件。
heard-backup-absent = 此处没有备份
heard-backup-damaged = 此备份已损坏
heard-backup-newer = 此备份由更新版本的 Signalbox 创建
heard-backup-other-vault = 此备份属于另一个保管库
heard-backup-other-key = 此备份是在更换保管库密钥之前创建的
heard-backup-moved = 它已被删除或移动。路径必须指向该备份自己的文件夹。
heard-backup-choose-another = 请选择其他备份。此备份保持不变。
heard-backup-choose-own = 请选择此保管库的备份。
heard-backup-at-lock-screen = 请选择较新的备份，或在锁定屏幕上用当时的密码恢复此备份。
heard-backup-no-place = 这不是备份的位置
heard-backup-whole-path = 请输入文件夹从根目录开始的完整路径。
heard-vault-older = 此保管库比上次在此计算机上使用时更旧
heard-header-older = 此保管库的头部比上次在此计算机上使用时更旧
heard-older-by-kit = 恢复套件仍然打开了它。如果不是您自己放入旧副本，请在“设置”的“备份”中恢复最新的备份。
heard-update = 请安装最新版本的 Signalbox 并用它打开保管库。未作任何更改。
heard-check-readable = 请检查数据文件夹的权限和磁盘状况，然后重试。保管库可能完好：不要替换任何文件。
heard-database-damaged = 保管库的数据库已损坏
heard-no-memory = 可用内存不足
heard-no-memory-open = 可用内存不足，无法打开保管库
heard-close-programs = 请关闭其他程序，然后重试。
heard-close-programs-unchanged = 请关闭其他程序，然后重试。未作任何更改。
heard-password-short = 请至少使用 12 个字符。
heard-password-long = 请最多使用 1,024 字节；大多数密码要短得多。
heard-password-easy = 此密码太容易猜到。请加长，或使用推荐的六个词。

## The disk and the database

heard-disk-full = 磁盘已满
heard-free-space = 请释放一些磁盘空间，然后重试。此前保存的一切均未改变。
heard-disk-error = 磁盘报告了错误
heard-check-disk = 请检查磁盘状况，然后重试。此前保存的一切均未改变。
heard-folder-unwritten = 无法写入数据文件夹
heard-vault-unwritten = 无法写入保管库文件夹
heard-check-permissions = 请检查数据文件夹的权限，以及磁盘是否为只读。此前保存的一切均未改变。
heard-database-used = 另一个程序正在使用保管库的数据库
heard-database-close = 请关闭占用数据文件夹的程序，然后重试。
heard-database-refused = 数据库拒绝了更改
heard-report-log = 未作任何更改。如果再次发生，请附上日志文件报告。
heard-database-away = 无法连接数据库
heard-later = 请稍后重试。
heard-download-failed = 文件无法写入下载文件夹
heard-download-permissions = 请检查该文件夹的权限，然后重试。
heard-download-older = 请将旧文件移出该文件夹，然后重试。
heard-download-disk = 请检查该文件夹所在的磁盘，然后重试。

## Records and their fields

heard-provider-gone = 此提供商已不存在
heard-budget-gone = 此预算已不存在
heard-gone-advice = 它已在此期间被删除；列表会重新读取。
heard-provider-changed = 此提供商已在此期间被更改
heard-budget-changed = 此预算已在此期间被更改
heard-changed-advice = 请查看当前状态，然后再次更改。
heard-name-used = 名称已被使用。请换一个。
heard-task-exists = 已有同名任务。请换一个。
heard-task-none = 其中一个任务不存在。请先添加。
heard-budget-exists = 已有这样的预算。请更改那一个。
heard-budget-provider-gone = 此提供商已不存在。请选择其他。
heard-one-field = 一个字段需要修改
heard-many-fields = { $count } 个字段需要修改
heard-one-route = 一条路由无法保存
heard-many-routes = { $count } 条路由无法保存
heard-routes-advice = 未保存任何内容。请修改标出的部分，然后再次保存。
heard-routes-changed = 路由已在此期间被更改
heard-fill-in = 请填写此项。
heard-shorten = 请缩短到 { $limit } 个字符；目前有 { $length } 个。
heard-invisible = 请移除不可见字符 U+{ $code }。
heard-blank = 请移除空格。
heard-task-name = 请使用 1 到 64 个小写字母、数字和 _，以字母开头，例如 cover_letter。
heard-limit-small = 请输入 1 或更大的数，或留空。
heard-limit-large = 请输入不超过 { $most } 的数。
heard-limit-range = 请输入 { $least } 到 { $most }，或留空。
heard-cost-range-empty = 请输入大于 0 且不超过 10,000,000 的美元金额，或留空。
heard-cost-range = 请输入大于 0 且不超过 10,000,000 的美元金额。
heard-price = 请输入每百万词元的美元价格，例如 0.25。
heard-characters = 请输入 1 到 { $most } 个字符。
heard-url-enter = 请输入服务器地址，例如 Ollama 为 http://localhost:11434/v1。
heard-url-short = 请将地址缩短到 { $most } 个字符。
heard-url-blank = 请移除地址中的空格或不可见字符。
heard-url-scheme = 地址请以 https:// 开头；本机上的服务器可用 http://。
heard-url-host = 请输入主机名有效的地址，例如 https://gateway.example.com/v1。
heard-url-login = 请移除地址中的用户名和密码；密钥有单独的字段。
heard-url-query = 请移除地址中问号及其后的部分。
heard-url-fragment = 请移除地址中 # 及其后的部分。
heard-url-key = 请为新的基础 URL 重新输入密钥。
heard-name-differs = 名称不匹配
heard-name-exactly = 请完全按显示输入提供商名称。
heard-undo-over = 此操作已无法撤销
heard-undo-advice = 请手动更改提供商，或查看历史记录。
heard-catalogue-gone = 此价格目录已不再保留
heard-catalogue-again = 请重新导入其文件。
heard-it-stopped = 已停止
heard-start-again = 准备好后可再次开始。
heard-not-understood = 无法理解请求
heard-broken-off = Signalbox 在处理过程中中断
heard-restart = 请重新启动 Signalbox。如果再次发生，请报告。
heard-network-failed = 无法设置网络
heard-proxy-settings = 请检查这台电脑环境变量中的代理设置，然后重新启动 Signalbox。
heard-port-used = 另一个程序正在使用端口 { $port }
heard-port-refused = 系统不允许 Signalbox 使用端口 { $port }

## Keys

heard-no-key = 此提供商没有密钥
heard-enter-first = 请先输入一个。
heard-enter-new = 请输入新的 API 密钥。
heard-same-key = 此密钥已在使用。请在供应商页面创建新密钥并输入。
heard-none-kept = 上一个密钥已不在这里
heard-none-kept-advice = 它已到期或已被销毁。请重新输入密钥，或另建一个。
heard-key-other-url = 密钥是为另一个基础 URL 输入的
heard-key-damaged = 保存的密钥已损坏，或属于其他记录
heard-key-newer = 此密钥由较新版本的 Signalbox 加密

## Tests of keys: outcomes

heard-works = 正常
heard-works-restricted = 正常，密钥受限
heard-key-malformed = 密钥格式错误
heard-key-rejected = 密钥被拒绝
heard-no-permission = 没有权限
heard-model-not-found = 找不到模型
heard-rate-limited = 达到速率限制
heard-quota-exhausted = 配额用尽
heard-overloaded = 过载
heard-vendor-error = 供应商错误
heard-wrong-url = 基础 URL 错误
heard-redirected = 被重定向到别处
heard-tls-failed = TLS 失败
heard-name-unresolved = 无法解析名称
heard-no-connection = 无法连接
heard-timed-out = 超时
heard-answer-unread = 无法理解回答

## Tests of keys: pieces of sentences

heard-server-start = { $host } 上的服务器
heard-server = { $host } 上的服务器
heard-accepts-key = { $who } 接受此密钥
heard-answers-keyless = { $who } 无需密钥即可应答
heard-answers = { $who } 已应答
heard-configured-model = 所配置的模型
heard-one-model = 1 个模型
heard-many-models = { $count } 个模型
heard-at-page = { $url } 处
heard-with-host = { $host } 的运营者处
heard-wait-minute = 请等待一分钟
heard-wait = 请等待 { $when }
heard-another-address = 另一个地址

## Tests of keys: sentences

heard-test-only-model = { $subject }；{ $model } 是其唯一列出的模型。
heard-test-listed = { $subject }；{ $model } 在其列出的 { $count }之中。
heard-test-alias = { $subject }，并认识 { $model }，尽管其列出的 { $count }中没有此名称。
heard-nothing-to-do = 无需任何操作。
heard-nothing-but-credit = 无需任何操作。测试不产生费用，因此无法显示账户是否有余额。
heard-list-open = 服务器无需密钥也会显示列表，因此这不能说明密钥是否有效：只有真实调用才能。
heard-refuses-recent = { $who } 列出了此模型，但拒绝新近创建的密钥使用。
heard-shuts-down = 此模型将于 { $day } 关停。
heard-test-no-text = { $subject }，但 { $model } 不生成文本。
heard-choose-text = 请选择能生成文本的模型。
heard-test-no-models = { $subject }，但没有列出任何模型。
heard-test-missing = { $subject }，但 { $model } 不在其列出的 { $count }之中。
heard-load-model = 请在服务器上加载模型，然后重新测试。
heard-which-models = 请在{ $console }查看此密钥所属项目可使用哪些模型。
heard-choose-listed = 请选择列出的模型之一，并确认此密钥的账户有权访问。
heard-closest-one = 请检查拼写。最接近的名称是 { $name }。
heard-closest-many = 请检查拼写。最接近的名称有 { $names }。
heard-key-empty = 没有密钥，而 { $who } 需要密钥。
heard-key-blank = 密钥中有空格或换行，因此没有发送。
heard-key-unprintable = 密钥中有 HTTP 标头无法传输的字符，因此没有发送。
heard-key-wanted = { $who } 要求密钥{ $http }。
heard-enter-server-key = 请输入此服务器的密钥。
heard-key-unknown = { $who } 不接受此密钥{ $http }。
heard-key-check = 请在{ $console }确认密钥存在、已启用且属于正确的账户，然后重新完整粘贴。
heard-key-expired = { $who } 表示此密钥已过期{ $http }。
heard-key-leaked = { $who } 已停用此密钥，因为它被公开泄露{ $http }。
heard-key-other-kind = { $who } 认为这不是 API 密钥，而是其他类型的令牌{ $http }。
heard-key-renew = 请在{ $console }创建新密钥并在此输入。
heard-key-published = 请查明旧密钥是在哪里泄露的。
heard-key-vendor = 它看起来像另一家供应商的密钥：{ $vendor }。
heard-no-listing = { $who } 认识此密钥，但不允许它列出模型{ $http }。
heard-no-scope = { $who } 认识此密钥，但它无权列出模型，因此无法检查 { $model }{ $http }。
heard-scope-advice = 它仍可能可用。要检查模型，请在{ $console }授予密钥读取模型的权限。
heard-busy = { $who } 目前不再接受请求{ $http }。
heard-busy-advice = { $wait }，然后重新测试。如果再次出现，请查看用量峰值、降低每日词元上限，或添加第二个提供商分担负载。
heard-quota-today = { $who } 的今日配额已用完{ $http }。
heard-no-quota = 账户在 { $who } 的等级没有此项配额{ $http }。
heard-no-credit = 在 { $who } 的账户已没有余额{ $http }。
heard-credit-advice = 等待无济于事：请在{ $console }充值或检查账单。
heard-billing-advice = 等待无济于事：请在{ $console }设置账单，或选择其他模型。
heard-spend-limit = 账户或项目在 { $who } 的花费上限已达到{ $http }。
heard-spend-advice = 请在{ $console }提高上限，或在重置前使用其他提供商。
heard-no-capacity = { $who } 目前没有容量{ $http }。
heard-failed-itself = { $who } 自身发生故障{ $http }。
heard-gateway-failed = { $who } 前面的网关发生故障{ $http }。
heard-gave-up = { $who } 等待请求超时{ $http }。
heard-key-not-at-fault = 与密钥无关。{ $wait }，然后重新测试；第二个提供商可让任务继续运行。
heard-web-page = { $host } 返回的是网页，而不是 { $label } API{ $http }。
heard-other-api = { $host } 上应答的不是 { $label } 的 API{ $http }。
heard-no-list-here = { $host } 的这个地址没有模型列表{ $http }。
heard-url-try = 请更正基础 URL：试试 { $better }。
heard-url-own = 请更正基础 URL；{ $label } 自己的是 { $default }。
heard-url-usually = 请更正基础 URL。它通常以 /v1 结尾，例如 http://localhost:11434/v1。
heard-name-no-address = 名称 { $host } 没有对应的地址。
heard-name-advice = 请检查基础 URL 的拼写和网络连接。如果环境变量中设置了代理，也请检查其名称。
heard-key-unsent = 密钥没有发送。
heard-tls-untrusted = { $host } 的证书不是由这台电脑信任的机构签署的。
heard-tls-untrusted-advice = 如果是您自己的服务器或代理，请将其机构添加到系统证书中。否则请勿继续：可能有人在窃听。
heard-tls-expired = { $host } 的证书已过期。
heard-tls-expired-advice = 请检查这台电脑的时钟。如果时钟正确，则服务器的运营者需要更新证书。
heard-tls-host = { $host } 上的证书属于另一台主机。
heard-connect-late = 未能及时连接到 { $host }。
heard-answer-late = { $host } 接受了请求，但没有及时应答。
heard-connect-late-advice = 请检查基础 URL 的主机和端口、防火墙和代理，然后重新测试。
heard-answer-late-advice = 请一分钟后重新测试。如果问题依旧，则 { $who } 或网络有问题；密钥可能没有问题。
heard-nothing-accepts = { $host } 不接受连接。
heard-nothing-accepts-advice = 请检查服务器是否在运行，以及基础 URL 中的端口是否正确。
heard-no-way = 从这里无法到达 { $host }。
heard-no-way-advice = 请检查网络连接、VPN 和防火墙。
heard-broke = 与 { $host } 的连接在应答之前中断。
heard-broke-advice = 请重新测试。如果问题依旧，请检查基础 URL 的协议和端口，以及中间的防火墙或代理。
heard-unconnected = 无法与 { $host } 建立连接。
heard-unconnected-advice = 请检查网络连接。如果环境变量中设置了代理 (HTTPS_PROXY)，请确认它允许此地址。
heard-sent-on = { $host } 将请求转到 { $target }。密钥没有发送到那里。

## Calls

heard-call-key = { $who } 不接受此密钥
heard-call-key-advice = 请在{ $console }检查密钥，然后在 Signalbox 中重新输入。
heard-call-model = { $who } 没有供此密钥使用的 { $model }
heard-call-model-advice = 请检查模型名称，并在 Signalbox 中测试该配置。
heard-call-long = 对话超出 { $model } 可接受的长度
heard-call-long-advice = 请缩短对话，或选择窗口更大的模型。
heard-call-blocked = { $who } 的内容过滤器拒绝了提示词
heard-call-blocked-advice = 请修改提示词；重新调用无济于事。
heard-call-busy = { $who } 目前不再接受调用
heard-call-busy-advice = { $wait }，然后重新调用，或添加第二个提供商分担负载。
heard-call-quota = { $who } 的今日配额已用完
heard-call-credit = 在 { $who } 的账户已没有余额
heard-call-capacity = { $who } 目前没有容量
heard-call-failed = { $who } 自身发生故障
heard-call-again-second = { $wait }，然后重新调用；第二个提供商可让任务继续运行。
heard-call-late = 在此配置的时限内没有收到回答
heard-call-late-advice = 请重新调用，或在 Signalbox 中为该配置设置更长的时限。
heard-call-cut = 回答在结束之前中断
heard-call-again = 请重新调用。
heard-ask-again = 请再次询问。
heard-call-empty = 回答为空
heard-call-empty-advice = 请允许更多输出词元，或使用其他模型。
heard-call-json = 回答不是所要求的 JSON
heard-call-form = 回答不符合所要求的架构
heard-call-log = 用量日志积压过多，无法再接受调用，因此未进行此调用
heard-answers-of-no-use = 其回答为空、被截断或不符合架构。
heard-quota-name = 请输入 1 到 { $count } 个字符，或用 * 表示所有人。
heard-quota-of-nothing = 请至少输入一个上限，或删除该配额。
heard-quota-taken = 已有此配额。请更改那一个。
heard-quota-changed = 此配额在此期间已被更改
heard-quotas-full = 已有 { $count } 个配额，不能再多
heard-quotas-full-advice = 请删除一个无人需要的，或设置所有人的配额。
heard-call-json-advice = 请重新调用，或使用能遵循架构的模型。
heard-no-fitting-key = 此配置没有与其地址相符的密钥
heard-no-fitting-key-advice = 请在 Signalbox 中输入其密钥。

## News of budgets

heard-spent = { $whose }：{ $period }已用完
heard-will-not-last = { $whose }：{ $period }很可能不够
heard-part-spent = { $whose }：已花费{ $period }的 { $percent }%
heard-days = 当日预算
heard-months = 当月预算
heard-all-usage = 全部用量
heard-deleted-provider = 已删除的提供商

## Links that came in

heard-link-long = 链接超过 { $limit } 个字符
heard-link-other = 这不是 Signalbox 链接
heard-link-deed = 链接要求的操作此版本无法执行
heard-link-key = 链接中含有密钥
heard-link-field = 链接中有未知字段{ $http }
heard-link-twice = 链接中字段{ $field }出现了两次
heard-link-bad = 链接的字段{ $field }无法使用
heard-link-vendor = 链接没有说明用于哪家供应商
heard-link-key-advice = 浏览器和聊天工具会保留链接，因此请将该密钥视为已公开并予以吊销。请索取不含密钥的链接，并通过安全的方式获取密钥。
heard-link-newer-advice = 未添加任何内容。请询问链接的创建者，或更新 Signalbox。
heard-link-advice = 未添加任何内容。请向链接的创建者索取另一个链接，或手动添加提供商。

## Example set-ups, switches and what is remembered

heard-set-up-no-model = 目录中没有可用于新配置的 { $vendor } 模型
heard-set-up-advice = 请在设置中更新模型目录，或逐个添加提供商。
heard-switch-no-key = 此提供商没有 API 密钥
heard-switch-advice = 请先在其表单中输入密钥：没有密钥，任何调用都不会成功。
heard-filters-long = 这些筛选条件过长，无法记住
heard-filters-advice = 请清除筛选条件。其他内容不会改变。
heard-order-many = 数量过多，无法手动排序
heard-order-advice = 请改为按列对列表排序。未作任何更改。

## News of bundles

heard-bundle-hour = { $server }：其配置包将在 { $hours } 小时后到期
heard-bundle-hours = { $server }：其配置包将在 { $hours } 小时后到期
heard-bundle-expired = { $server }：其配置包已到期
heard-bundle-after-that = 序号 { $serial } 在已生效之处继续有效，但届时将不能再应用。
heard-bundle-any-more = 序号 { $serial } 在已生效之处继续有效，但已不能再应用。
heard-bundle-new = 请导出新的配置包。
heard-bundle-other = 另有 1 台服务器也是如此。
heard-bundle-others = 另有 { $count } 台服务器也是如此。

## Bundles

heard-bundle-prices = 此配置包中的价格目录无效
heard-bundle-too-many = 一个配置包容纳不下这么多配置
heard-bundle-fewer = 请选择较少的配置。
heard-bundle-serial = 配置包的序号只会递增
heard-bundle-unsealed = 无法加密配置包
heard-bundle-clock = 请选择 1 到 30 天，并检查这台电脑的时钟。
heard-bundle-identity = 请重新导入服务器的身份文件。
heard-bundle-identity-own = 请重新导入其身份文件。
heard-bundle-identity-report = 请重新导入服务器的身份文件。如果再次发生，请报告。
heard-bundle-save = 请将所选的每个提供商重新保存一次，然后导出。
heard-bundle-no-file = 这不是 Signalbox 服务器的文件
heard-bundle-file-newer = 此文件由更新版本的 Signalbox 写入
heard-bundle-write-again = 请在服务器上重新写出该文件，并完整地传过来。
heard-bundle-newest = 请用最新版本的 Signalbox 导入。
heard-bundle-fingerprint = 这不是已核对指纹的那台服务器
heard-bundle-fingerprint-advice = 请再次查看文件，并将其指纹与服务器显示的指纹比对。
heard-bundle-no-signing-key = 尚无用于签名配置包的密钥
heard-bundle-make-key = 请在“配置包”页面创建一个。
heard-bundle-unknown-server = 此服务器已不再为本机所知
heard-bundle-server-damaged = 某台服务器的已知信息已损坏
heard-bundle-server-remove = 请移除该服务器，然后重新导入其身份文件。
heard-bundle-key-damaged = 用于签名配置包的密钥已损坏
heard-bundle-key-restore = 请恢复备份。如果没有备份，请报告此问题；服务器会以现有内容继续运行。
heard-bundle-days = 配置包的有效期不能这么长
heard-bundle-days-advice = 请选择 1 到 { $most } 天。
heard-bundle-count = 选择的配置过多，或有重复
heard-bundle-count-advice = 最多选择 { $most } 个。
heard-bundle-leave-out = 请输入其密钥，或不将其放入配置包。
heard-bundle-overtaken = 在此期间已导出另一个配置包
heard-bundle-overtaken-advice = 请查看配置包现在会更改什么，然后导出。未导出任何内容。
heard-bundle-gone = 此配置包已不再保留
heard-bundle-gone-advice = 请导出新的配置包：服务器反正不会接受较旧的。
heard-bundle-no-way-back = 没有可以恢复的此类配置包
heard-bundle-choose-own = 请选择此服务器的一个自带配置的配置包。
heard-bundle-address = 此地址无法使用
heard-bundle-pin = 这不是证书的指纹
heard-bundle-pin-advice = 请输入服务器证书的 SHA-256，由 0-9 和 a-f 组成的 64 位字符，或留空。
heard-bundle-ask = 请询问服务器已接受哪些配置包，然后继续。
heard-bundle-admin = 请以该服务器的 super_admin 身份登录。
heard-bundle-other-server = 此地址上的服务器不是已导入的那台
heard-bundle-other-server-advice = 请检查地址。如果服务器已重新安装，请重新导入其身份文件。未上传任何内容。
heard-bundle-picture-large = 此图片过大
heard-bundle-picture-cut = 请将图片裁剪到只剩二维码，然后重新选择。
heard-bundle-picture-unread = 无法读取此图片
heard-bundle-picture-png = 请选择扩展名为 .png 的图片，或服务器的文件。
heard-bundle-picture-no-code = 此图片中没有可识别的二维码
heard-bundle-picture-again = 请重新拍摄屏幕，包含完整的二维码及其边缘。或选择服务器的文件。

## Servers of sync

heard-remote-name = 名称 { $host } 没有对应的地址
heard-remote-unreached = 无法连接 { $host }
heard-remote-untrusted = { $host } 的证书不受信任：{ $reason }
heard-remote-insecure = 没有安全连接
heard-remote-unsigned = 没有已知的机构签署它
heard-remote-expired = 它已过期
heard-remote-early = 它尚未生效
heard-remote-other-host = 它属于另一台主机
heard-remote-pin = { $host } 的证书与固定的证书不同
heard-remote-cut = 在收到应答之前，与 { $host } 的连接中断
heard-remote-redirected = 远程指向另一台服务器 { $to }
heard-remote-large = 应答超过 { $limit } 字节
heard-remote-odd = 无法理解应答：{ $reason }
heard-remote-no-api = 此地址没有管理 API
heard-remote-no-bundles = 此地址没有接收配置包的服务器
heard-remote-no-http = 它不是 HTTP
heard-remote-shape = 其格式与此 API 不符
heard-remote-status = 其状态码不属于此 API
heard-remote-not-kept = 远程没有保存发送给它的内容：{ $fields }
heard-remote-ended = 远程的会话已结束
heard-remote-login = 远程拒绝了登录
heard-remote-factor = 远程要求第二重验证
heard-remote-forbidden = 此账户无权管理远程的提供商
heard-remote-none = 远程没有这样的配置
heard-remote-overtaken = 该配置在此期间已在远程更改
heard-remote-busy = 远程正忙
heard-remote-running = 远程仍在处理同一请求
heard-remote-refused = 远程拒绝了请求：{ $message }
heard-remote-failed = 远程发生故障，状态 { $status }
heard-remote-online = 请检查地址，以及这台电脑是否在线。
heard-remote-runs = 请检查地址以及服务器是否在运行，然后重试。
heard-remote-own-certificate = 请询问服务器的运营者；自有证书可以固定。
heard-remote-compare = 如果服务器有新证书，请与 { $found } 比对，然后固定该证书。
heard-remote-again = 请重试：会先查看已送达的内容，不会重复执行。
heard-remote-really = 请输入服务器的实际地址。没有向那里发送任何内容。
heard-remote-between = 请确认该地址属于管理 API，且中间没有其他环节。
heard-remote-ask-first = 请询问服务器的运营者；继续之前，请再次查看差异。
heard-remote-login-again = 请重新登录，然后重试。
heard-remote-credentials = 请检查用户名、密码和验证码。身份验证器应用的每个验证码只能使用一次。
heard-remote-new-code = 请输入身份验证器应用的新验证码，然后重试。
heard-remote-admin = 请以 super_admin 身份登录。
heard-remote-look = 请再次查看差异。
heard-remote-wait = 请等待 { $seconds } 秒，然后重试。
heard-remote-wait-little = 请稍候，然后重试。
heard-remote-change = 请修改后重试。
heard-remote-tell = 请重试。如果问题依旧，请告知服务器的运营者。
heard-remote-secret = 无法打开用于登录该服务器的凭据
heard-remote-secret-advice = 请重新输入：保存的内容是为另一个地址输入的，或已损坏。
heard-remote-no-secret = 没有保存用于登录该服务器的凭据
heard-remote-no-secret-advice = 请输入密码或令牌。
heard-remote-nobody = 该服务器上没有人登录
heard-remote-connect = 请登录后重试。
heard-sync-read-again = 差异在此期间已重新读取
heard-sync-read-again-advice = 请查看当前的差异，然后继续。未执行任何操作。
heard-sync-not-asked = 此问题已不再询问
heard-sync-not-asked-advice = 请查看当前的差异，然后重新选择。未保留任何内容。
heard-sync-no-key = 此提供商在本机没有密钥
heard-sync-no-key-advice = 请先输入其密钥，然后选择上传。
heard-sync-twice = 请重试。不会重复执行。
heard-sync-conflict = 此提供商存在冲突
heard-sync-conflict-advice = 请逐字段决定，然后重新转移。
heard-sync-waits = 服务器没有此提供商的密钥，或密钥属于另一个基础 URL
heard-sync-waits-advice = 请选择一并发送其密钥，然后重新转移。
heard-sync-unusable = 服务器显示的内容在此无法使用
heard-sync-same = 提供商只能从一台服务器转移到另一台
heard-sync-two = 请选择两台服务器。
heard-sync-address = 请输入服务器的地址，例如 https://api.example.com。
heard-sync-https = 请使用 https://：通过 http:// 连接另一台电脑时，途中的任何人都能读取密码和密钥。
heard-sync-alone = 请只输入地址，不含用户名、问号或 #。
heard-sync-pin = 请输入证书 SHA-256 的 64 位字符，或留空。
heard-sync-user = 请输入服务器已知的用户名，最多 200 个字符。

## Backups

heard-backup-newer-advice = 请安装最新版本的 Signalbox，然后重试。
heard-backup-live-damage = 保管库的数据库未通过完整检查
heard-backup-live-damage-advice = 请在“设置”的“备份”中恢复最新的完好备份。未移除任何较旧的备份。
heard-backup-unwritten = 无法写入备份
heard-backup-copy-unwritten = 无法写入副本
heard-backup-space = 请释放一些磁盘空间，或选择其他位置。保管库和先前的备份均未改变。
heard-backup-permissions = 请检查文件夹的权限，或选择其他位置。保管库和先前的备份均未改变。
heard-backup-folder = 请选择已存在的文件夹，例如 /media/stick。
heard-backup-disk = 请检查磁盘，或选择其他位置。保管库和先前的备份均未改变。
heard-backup-no-path = 这不是完整路径
heard-backup-not-closed = 仍有程序在使用保管库，因此未恢复任何内容
heard-backup-not-closed-advice = 请解锁后重试。保管库保持原样。
heard-backup-open = 保管库处于打开状态
heard-backup-open-advice = 请在“设置”的“备份”中恢复备份。
heard-older-vault = 此保管库比上次在这台电脑上使用时更旧
heard-older-header = 此保管库的文件头比上次在这台电脑上使用时更旧
heard-older-pages = 保管库的数据库与上次关闭时不同
heard-older-mark = 记录此保管库进度的标记与其不符
heard-older-advice = 如果是您自己放入了较旧的副本，请按原样打开。否则是他人或备份程序所为：此后的内容已缺失。请改为恢复最新的备份。
heard-older-pages-advice = 有人更改了文件，或放入了它或其一部分的较旧副本。请恢复最新的备份；如果您知道原因，也可按原样打开。
heard-older-mark-advice = 此保管库可能较旧。请恢复最新的备份；如果您知道原因，也可按原样打开。

## Files of usage and of prices

heard-import-no-column = 未选择必需的列
heard-import-no-column-advice = 请选择哪些列包含时间和词元，然后重新导入。未作任何更改。
heard-import-bad-rows = 部分行无法导入
heard-import-bad-rows-advice = 请在文件中更正，或不含这些行导入。未作任何更改。
heard-file-large-mb = 文件大于 { $limit } MB
heard-file-large-kb = 文件大于 { $limit } KB
heard-file-no-rows = 文件没有数据行
heard-file-no-text = 文件从第 { $line } 行起不是 UTF-8 文本
heard-file-no-json = 文件从第 { $line } 行起不是 JSON
heard-file-rows = 文件超过 { $count } 行
heard-file-columns = 文件超过 { $count } 列
heard-file-unknown = 文件不是 Signalbox 所识别格式的用量
heard-file-fewer-days = 请一次导出较少的天数，并逐个导入文件。未作任何更改。
heard-file-header = 请选择带有标题行和至少一行数据的文件。未作任何更改。
heard-file-utf8 = 请将其以 UTF-8 保存为 CSV 或 JSON，然后重新选择。未作任何更改。
heard-file-line = 请更正该行，或重新导出文件。未作任何更改。
heard-file-forms = 请选择用量日志的 CSV 或 JSON Lines、LiteLLM 的支出日志，或 OpenAI、Anthropic、Google Cloud 的用量或费用导出。未作任何更改。
heard-catalogue-line = 文件的第 { $line } 行不符合目录格式
heard-catalogue-no-day = 文件未以 YYYY-MM-DD 注明价格日期
heard-catalogue-models = 文件有 { $count } 个模型
heard-catalogue-name = 第 { $place } 个模型没有可用的名称
heard-catalogue-twice = { $model } 在文件中出现两次
heard-catalogue-price = { $model } 的某个价格不是普通的十进制数
heard-catalogue-window = { $model } 的窗口或最长回答不可能
heard-catalogue-shutdown = { $model } 的停用日期未以 YYYY-MM-DD 书写
heard-catalogue-choose = 请选择模型目录，即含有 "as_of" 和 "models" 的 JSON 文件。未作任何更改。
heard-catalogue-day = 请将 "as_of" 设为价格有效的日期。未作任何更改。
heard-catalogue-count = 目录应有 1 到 5,000 个模型。未作任何更改。
heard-catalogue-correct = 请更正文件中的条目，然后重新选择。未作任何更改。
heard-catalogue-version = 另一个目录已使用此版本
heard-catalogue-version-advice = 它曾以另一种形式导入。请更改其日期，然后重新选择。

## Tasks, routes and the gateway

heard-task-gone = 此任务已不存在
heard-task-gone-advice = 它已在此期间被移除；列表会重新读取。
heard-task-used = 此任务正在使用
heard-task-used-advice = 只有您自己的、链中没有成员且没有指令的任务才能移除。
heard-task-absent = 没有这样的任务
heard-task-taken = 已有同名任务
heard-provider-name-taken = 另一个提供商已使用此名称
heard-routes-gone = 这些路由中的某个提供商已不存在
heard-routes-gone-advice = 它已在此期间被删除；路由会重新读取。
heard-routes-chain = 某条链有超过 { $most } 个提供商，或有重复
heard-routes-chain-advice = 请每个提供商只列一次，然后重新保存。
heard-routes-changed-advice = 请查看当前状态，然后再次更改。
heard-switch-off-advice = 请先启用：停用的提供商不提供任何服务。
heard-prompt-large = 此提示词过大，无法保存
heard-prompt-large-advice = 请去掉部分附件，然后保存。
heard-instructions-empty = 指令为空
heard-instructions-long = 指令有 { $count } 个字符
heard-instructions-hidden = 指令含有不可见字符
heard-instructions-write = 请编写指令，或恢复内置指令。
heard-task-no-endpoint = 此任务没有自己的端点
heard-task-no-endpoint-advice = 请求此任务的程序自带指令。
heard-port-system = 端口 { $port } 属于系统
heard-port-choose = 请选择 1024 到 65535 之间的端口。
heard-port-unheard = 无法监听端口 { $port }
heard-port-other = 请为网关选择其他端口，或结束占用此端口的程序。
heard-port-again = 请为网关选择其他端口，或重新启动 Signalbox。
heard-key-closed = 无法打开密钥
heard-key-newer-advice = 请用最新版本的 Signalbox 打开保管库。
heard-key-closed-advice = 请重新输入密钥。如果您未作任何更改，请恢复备份。

## Settings, searches and exports

heard-search-long = 搜索文本过长
heard-search-letters = 最多输入 { $most } 个字符。
heard-no-command = 没有这样的命令
heard-official-build = 请安装官方版本。未写入任何内容。
heard-no-encryption = 此版本的 Signalbox 没有数据库加密功能
heard-database-newer = 此保管库的数据库由较新版本的 Signalbox 写入
heard-database-other = 数据库与此保管库的文件头不符
heard-database-protected = 数据库目前不接受更改
heard-rotation-not-whole = 使用新密钥的副本不完整
heard-rotation-log = 旧密钥仍然有效。请附上日志文件报告。
heard-keyring-switch-off = 请使用保管库密码。如果再次发生，请关闭密钥环。
heard-kdf-bounds = 密钥派生参数超出范围
heard-no-random = 操作系统未提供随机数
heard-restart-computer = 请重新启动电脑。
heard-restart-report = 请重新启动 Signalbox。如果仍然如此，请报告。
heard-zone-none = 没有这样的时区
heard-zone-advice = 请从列表中选择，例如 Europe/Berlin。
heard-days-order = 日期顺序不正确
heard-days-order-advice = 请选择起始日期，以及不早于它的结束日期。
heard-days-pieces = 时间过长，分段过多
heard-days-pieces-advice = 请选择较少的天数或较长的分段。
heard-days-number = 此天数不可行
heard-days-choose = 请选择 { $least } 到 { $most } 天。
heard-no-chart = 这不是 Signalbox 的图表
heard-no-chart-advice = 请重新打开用量页面，然后导出。
heard-report-pdf = 报告无法写为 PDF
heard-report-pdf-advice = 请导出为浏览器格式，并从浏览器打印。
heard-filter-many = 筛选条件列出的内容过多
heard-filter-many-advice = 每类最多列出 { $most } 个。
heard-idle-minutes = 保管库不能等待这么长或这么短的时间
heard-idle-minutes-advice = 请选择 1 到 60 分钟。
heard-no-file-manager = 无法启动文件管理器
heard-no-file-manager-advice = 请复制路径，并在您自己的程序中打开。
heard-no-program = 无法启动用于显示的程序
heard-open-url = 请在您自己的浏览器中打开 { $url }。
heard-settings-unused = 未使用设置文件：{ $why }
heard-settings-unused-advice = 请更正数据文件夹中的 settings.json 并重新启动，或在此处进行设置，文件会重新写入。
heard-kit-first-word = 第一个单词不符
heard-kit-second-word = 第二个单词不符
heard-kit-count-words = 请查看您的副本，从 1 开始数单词。

## Keys

heard-kept-other-host = 先前的密钥是为另一个基础 URL 输入的
heard-kept-other-host-advice = 它绝不会发送到其他主机。请将基础 URL 重新设为 { $url } 后再恢复，或销毁此密钥。
heard-key-numbers = 其中一个数字不可行
heard-key-numbers-advice = 提醒时间为 { $remind } 到 { $remind_most } 天或从不，保留 { $keep } 到 { $keep_most } 天，{ $clear } 到 { $clear_most } 秒后清除。
heard-clipboard = 无法使用系统剪贴板
heard-clipboard-advice = 未复制任何内容。请重试，或从供应商页面获取密钥。

## Files for another vault

heard-share-large = 此文件过大，不可能是配置文件
heard-share-other = 这不是 Signalbox 的配置文件
heard-share-work = 此文件要求的计算量超出任何正常文件
heard-share-passphrase = 此口令未能打开文件
heard-share-recipient = 此文件是为另一个保管库加密的
heard-share-no-passphrase = 此文件未用口令加密
heard-share-with-passphrase = 此文件已用口令加密
heard-share-damaged = 此文件已损坏
heard-share-none = 此文件中没有 Signalbox 配置
heard-share-count = 此文件没有配置，或配置过多
heard-share-twice = 此文件中有重复的配置
heard-share-many = 一个文件容纳不下这么多配置
heard-share-unsealed = 无法加密文件
heard-share-enter = 请输入加密时使用的口令。
heard-share-ask = 请询问加密者，并检查大写锁定键和键盘布局。
heard-share-leave-empty = 请将口令留空：它是为保管库的接收者加密的。
heard-share-send-recipient = 请将设置中显示的此保管库的接收者发送给加密者，并索取为其加密的文件。
heard-share-choose = 请选择 Signalbox 为另一个保管库导出的文件，以 .age 结尾。未导入任何内容。
heard-share-again = 请重新索取文件，或检查其是否完整传输。未导入任何内容。
heard-share-newest = 请用最新版本的 Signalbox 导入。未导入任何内容。
heard-share-fewer = 请选择较少的配置，并将其余的导出到第二个文件。
heard-share-none-chosen = 未选择配置，或选择过多
heard-share-at-least = 请至少选择一个，最多 { $most } 个。
heard-share-no-recipient = 这不是接收者。它以 age1 开头；请从另一个保管库的设置中完整复制。
heard-share-entry = 此文件的第 { $number } 个配置 { $name } 无法使用
heard-share-entry-advice = 请由可以保存它的保管库重新导出。未导入任何内容。
heard-share-changed = 提供商已在此期间被更改
heard-share-changed-advice = 请查看文件现在会做什么，然后导入。未导入任何内容。
heard-share-identity = 用于为此保管库打开文件的密钥已损坏
heard-share-identity-advice = 请索取带口令的文件。如果您未作任何更改，请恢复备份。

## Bundles that are looked at

heard-bundle-no-key = { $name } 没有密钥
heard-bundle-elsewhere = 它来自另一个保管库。请在那里或其服务器上验证。
heard-bundle-none = 这不是 Signalbox 的配置包
heard-bundle-file-large = 此文件过大，不可能是配置包
heard-bundle-algorithm = 此配置包使用不被接受的算法签名
heard-bundle-untrusted = 此配置包由此处不信任的密钥签名
heard-bundle-not-genuine = 此配置包的签名不真实
heard-bundle-newer = 此配置包由较新版本的 Signalbox 创建
heard-bundle-odd = 此配置包已签名，但其内容无法理解
heard-bundle-for-other = 此配置包是为另一台服务器创建的
heard-bundle-early = 此配置包尚未生效
heard-bundle-over = 此配置包已到期
heard-bundle-not-newer = 此配置包不比先前接受的序号 { $serial } 新
heard-bundle-sealed-for-other = 此配置包的内容是为另一台服务器加密的
heard-bundle-damaged = 此配置包的内容已损坏
heard-bundle-sealed-for-bundle = 此配置包的内容是为另一个配置包加密的
heard-bundle-nothing = 此配置包中没有可用于服务的内容
heard-bundle-many = 此配置包中的配置过多
heard-bundle-twice = 此配置包中有重复的配置
heard-bundle-route = 此配置包的某条路由引用了不在其中的配置
heard-bundle-field = 此配置包中某个配置的字段不被任何表单接受
heard-bundle-most-days = 配置包的有效期最长 { $days } 天

## What a server shows to sync

heard-sync-rolled-back = 服务器显示的状态比之前旧，涉及 { $count } 个配置
heard-sync-many-gone = 服务器上一次缺失了 { $of } 个配置中的 { $gone } 个
heard-sync-swapped = 服务器的编号 { $number } 与之前不是同一个配置
heard-sync-overtaken-here = 该配置已在此处被更改
heard-sync-not-learned = 无法保存所获知的内容：{ $why }

## More news, on the desktop and in the corner

heard-budget-task = 任务 { $name }
heard-budget-user = 用户 { $name }
heard-budget-sum = 已花费 { $spent }，共 { $amount }。
heard-budget-sum-forecast = 已花费 { $spent }，共 { $amount }，预测 { $low } 到 { $high }。
heard-budget-unpriced-one = 1 次价格未知的调用未计入。
heard-budget-unpriced = { $count } 次价格未知的调用未计入。
heard-budget-other = 另有一个预算也有新情况。
heard-budget-others = 另有 { $count } 个预算也有新情况。
heard-jump-calls = { $whose }：调用次数是平常的 { $times } 倍
heard-jump-cost = { $whose }：费用是平常的 { $times } 倍
heard-jump-minute = 最近一分钟 { $seen }，{ $day } { $time } 平常为 { $usual }。
heard-jump-minutes = { $minutes } 分钟内 { $seen }，{ $day } { $time } 平常为 { $usual }。
heard-jump-most = 主要来自：{ $name }。
heard-jump-most-task = 主要来自：任务 { $task }。
heard-jump-most-user = 主要来自：用户 { $user }。
heard-jump-most-name-task = 主要来自：{ $name }、任务 { $task }。
heard-jump-most-name-user = 主要来自：{ $name }、用户 { $user }。
heard-jump-most-task-user = 主要来自：任务 { $task }、用户 { $user }。
heard-jump-most-all = 主要来自：{ $name }、任务 { $task }、用户 { $user }。
heard-day-monday = 星期一
heard-day-tuesday = 星期二
heard-day-wednesday = 星期三
heard-day-thursday = 星期四
heard-day-friday = 星期五
heard-day-saturday = 星期六
heard-day-sunday = 星期日

## The icon in the desktop's bar

heard-tray-lock = 锁定
heard-tray-show = 显示窗口
heard-tray-quit = 退出
heard-tray-default = 默认提供商
heard-tray-today = 今日：{ $cost }
heard-tray-today-partly = 今日：{ $cost } + { $count } 次无价格
heard-tray-today-unknown = 今日：费用未知，{ $count } 次无价格

## The page's own words to the shell

heard-answer-odd = 无法理解程序的应答
heard-refused-silently = 程序拒绝了请求，没有说明原因
heard-window-anew = 请重试。如果问题依旧，请关闭窗口并重新启动 Signalbox。
