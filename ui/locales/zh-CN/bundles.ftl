# 配置包页面及其对话框。

bundles-context = 经签名和加密的配置，供无法访问此保管库的服务器使用
reading-bundles = 正在读取配置包
bundle-export = 导出配置包
bundle-export-for = 为 { $name } 导出
bundle-soon-title = { $name } 的配置包将于{ $time }到期。
bundle-soon-text = 到期后，服务器会继续使用最后的配置包并发出警报。请及时导出新的。
bundle-over-title = { $name } 的配置包已于{ $time }到期。
bundle-over-text = 服务器仍在使用它并发出警报。请立即导出新的。
bundles-exported = 已导出
bundles-signed-with = 签名密钥
bundles-search = 搜索配置包
bundles-search-placeholder = 服务器、序号
bundle-serial = 序号
bundle-server-scope = 服务器与范围
bundle-made = 导出时间
bundle-expiry = 到期
bundle-fingerprint = 指纹
bundle-actions = 操作
bundle-providers = { $count ->
   *[other] { $count } 个提供商
}
bundle-routes = { $count ->
   *[other] { $count } 条路由
}
bundle-contents = { $providers }，{ $routes }
bundle-takes-all = 收回全部内容
bundle-goes-back = 退回到 { $serial }
bundle-valid = { $count ->
   *[other] 有效，剩 { $count } 天
}
bundle-valid-hours = 有效，剩 { $count } 小时
bundle-soon = { $count } 小时后到期
bundle-expired = 已到期
bundle-replaced = 已被 { $serial } 取代
bundle-revoked = 已于{ $day }收回
bundle-there = 已在该处生效
bundle-not-there = 尚未送达
bundle-save = 将配置包 { $serial } 保存为文件
bundle-more = 配置包 { $serial } 的更多操作
bundle-copy = 复制到剪贴板
bundle-upload = 上传到 { $name }
bundle-again = 为 { $name } 导出新的
bundle-back = 退回到这一个
bundle-revoke = 从 { $name } 收回全部内容
bundles-none = 尚无配置包
bundles-none-text = 配置包把提供商及其密钥、路由和上限带给一台服务器，而该服务器无需访问此保管库。
bundles-step-key = 创建签名密钥。服务器凭它信任配置包。
bundles-step-server = 导入服务器：即“signalbox-server identity”在该处写出的文件。
bundles-step-export = 为它导出配置包，然后把文件送到该处或上传。
bundles-no-match = 没有匹配的配置包
bundle-saved = 配置包 { $serial } 已保存：{ $file }
bundle-saved-detail = 文件位于下载文件夹中。只有对应的服务器能打开它。
bundle-copied = 配置包 { $serial } 已在剪贴板中
bundle-copied-detail = 它会在剪贴板中保留十分钟，或直到保险库锁定。只有对应的服务器能打开它。
bundle-exported-title = 配置包 { $serial } 已导出：{ $file }

bundle-verify = 验证配置包
bundle-verify-hint = 将 .sbundle 文件拖放到此处，或选择一个。不会作任何更改。
bundle-too-large = 此文件过大，不是配置包
bundle-too-large-advice = 请选择不超过 1 MiB 的 .sbundle 文件。
bundle-unread = 无法读取文件
bundle-unread-advice = 请检查读取权限，然后重新选择。
bundle-signature = 签名有效。
bundle-signature-now = 由 { $kid } 签发，即此保管库
bundle-signature-before = 由 { $kid } 签发，即此保管库以前的密钥
bundle-made-for = 为 { $name } 制作。
bundle-made-for-text = 其他服务器都无法打开
bundle-made-for-unknown = 为本机未知的服务器制作。
bundle-newest = 最新序号。
bundle-newest-text = { $serial } 是此服务器的最新序号
bundle-older = 不是最新的。
bundle-older-text = { $serial } 已被 { $newest } 取代
bundle-not-ours = 不在列表中。
bundle-not-ours-text = 此保管库签署过它，但没有记录；可能之后恢复过备份
bundle-good = 可以应用
bundle-good-text = 有效期至{ $time }
bundle-over = 已到期
bundle-over-since = 自{ $time }起
bundle-show-contents = 显示内容
bundle-hide-contents = 隐藏内容
bundle-no-contents = 其中没有提供商。

bundle-key = 签名密钥
bundle-key-active = 启用
bundle-key-name = 密钥
bundle-key-since = 起始时间
bundle-key-none = 尚无签名密钥。它在此保管库中创建，永不离开。
bundle-key-make = 创建签名密钥
bundle-key-made = 签名密钥已创建
bundle-key-made-detail = 请保存其公开部分，并在发送第一个配置包之前让每台服务器信任它。
bundle-key-save = 保存公钥
bundle-key-copy = 复制公钥
bundle-key-saved = 公钥已保存：{ $file }
bundle-key-saved-detail = 在服务器上运行：signalbox-server bundle trust FILE，然后将指纹与此处显示的核对。
bundle-key-change = 更换密钥
bundle-key-change-title = 更换签名密钥？
bundle-key-change-text = 从现在起由新密钥签名，旧密钥将被销毁。由两者共同签署的声明会保存为文件。请用“bundle trust”把它带到每台服务器；在此之前，服务器会拒绝新的配置包，并继续使用现有的。
bundle-key-changed = 签名密钥已更换：{ $file }
bundle-key-changed-detail = 请用“signalbox-server bundle trust”把此文件带到每台服务器。

bundle-servers = 服务器
bundle-servers-none = 尚无。
bundle-server-add = 添加服务器
bundle-server-remove = 移除 { $name }
bundle-server-remove-title = 移除 { $name }？
bundle-server-remove-text = 服务器上不会有任何变化，它继续使用其配置包。要再次为它导出，请重新导入其文件并核对指纹。
bundle-server-removed = 服务器已移除
bundle-server-ask = 询问 { $name }
bundle-server-told = 拥有 { $serial }，询问于{ $time }
bundle-server-told-none = 没有我们的配置包，询问于{ $time }
bundle-server-untrusted = 不信任当前的签名密钥
bundle-server-unasked = 尚未询问

bundle-add-title = 添加服务器
bundle-add-lede = 在服务器上运行“signalbox-server identity”。选择它写出的文件或其二维码图片，或粘贴文本。
bundle-add-file = .json 文件，或二维码图片 (.png)
bundle-add-too-large = 此文件过大，不是服务器的文件
bundle-add-too-large-advice = 请选择“signalbox-server identity”写出的文件，或其二维码图片 (.png)。
bundle-add-picture-too-large = 此图片过大
bundle-add-picture-too-large-advice = 请将其裁剪到只剩二维码，然后重新选择。最多读取 16 MiB。
bundle-add-paste = 或粘贴文件内容
bundle-add-look = 查看
bundle-add-compare = 与服务器显示的内容核对
bundle-add-compare-text = 请查看服务器自己的屏幕。只要有一个字符不同，就是另一台服务器：不要添加。
bundle-add-compared = 服务器上的指纹与此相同
bundle-add-known = 本机已知，名为 { $name }。
bundle-add-other = 其配置包密钥此后已更改。只有在确知服务器重新安装过时才添加。
bundle-add-serial = 它已接受到 { $serial } 为止的配置包。
bundle-add = 添加 { $name }
bundle-added-title = 已添加 { $name }

bundle-wizard-title = 导出配置包
bundle-wizard-for = 为 { $name } 导出配置包
bundle-wizard-revoke = 从 { $name } 收回全部内容
bundle-wizard-back = 让 { $serial } 在 { $name } 重新生效
bundle-steps = 步骤
bundle-step-server = 服务器
bundle-step-scope = 范围与到期
bundle-step-review = 检查并签名
bundle-which-server = 用于哪台服务器
bundle-scope = 范围
bundle-scope-count = { $all } 个提供商中的 { $chosen } 个，{ $routes }
bundle-private = 私有地址，服务器可能无法访问
bundle-without-key = 没有密钥
bundle-switched-off = 已停用
bundle-which-routes = 路由
bundle-which-routes-hint = 未随附的路由在服务器上保持不变。
bundle-route-by = { $count ->
    [0] 所选提供商均不涉及
   *[other] 所选提供商中的 { $count } 个
}
bundle-expires = 到期
bundle-days = { $count ->
    [1] 24 小时
   *[other] { $count } 天
}
bundle-with-limits = 包含词元、费用和调用的上限
bundle-with-prices = 包含本机设置的价格和导入的目录
bundle-with-prompts = 包含本机为其任务设置的指令
bundle-sealed = 其中的密钥为 { $name }（{ $fingerprint }）加密。只有它能打开。
bundle-go-back-step = 上一步
bundle-to-scope = 下一步
bundle-to-review = 检查
bundle-replaces = 序号 { $serial } 取代 { $previous }
bundle-first = 序号 { $serial } 是此服务器的第一个
bundle-until = 在{ $time }之前可以应用。
bundle-changes = 服务器的行为将有哪些不同
bundle-changes-none = 没有不同，但序号和到期时间是新的。
bundle-nobody = 无人
bundle-added = 连同其密钥一起加入
bundle-removed = 连同其密钥一起移除
bundle-default = 默认提供商
bundle-before-after = 此前为 { $before }，今后为 { $after }
bundle-prompt-own = 今后使用自定义指令
bundle-prompt-built-in = 恢复使用内置指令
bundle-catalog = 价格目录
bundle-catalog-own = 服务器自带的目录
bundle-field-changed = { $field }：{ $before } → { $after }
bundle-field-name = 名称
bundle-field-model = 模型
bundle-field-url = 基础 URL
bundle-field-key = 更换了密钥
bundle-field-on = 启用
bundle-field-off = 停用
bundle-field-limit = { $kind ->
    [daily_tokens] 每日词元
    [monthly_tokens] 每月词元
    [daily_cost] 每日费用
    [monthly_cost] 每月费用
    [requests_per_minute] 每分钟请求数
    [tokens_per_minute] 每分钟词元
   *[other] 并发调用数
}
bundle-field-no-limit = 无上限
bundle-field-prices = 自定义价格有变
bundle-field-settings = 超时、重试次数或评分有变
bundle-previewing = 正在与上一个配置包比较
bundle-where = 送往何处
bundle-where-file = 文件
bundle-where-clipboard = 剪贴板
bundle-where-server = 上传
bundle-where-server-text = 先在此签名并保存；下一步将它送到服务器。
bundle-sign = 签名并导出
bundle-revoke-warning = 此后服务器不再提供来自配置包的任何内容。使用它们的路由将无人承担。
bundle-needs-key = 尚无签名密钥。

bundle-reach-upload = 将配置包 { $serial } 上传到 { $name }
bundle-reach-ask = 询问 { $name } 拥有哪些配置包
bundle-reach-lede = 您以 super_admin 身份登录服务器的管理 API。密码和验证码只用一次，不会保存。
bundle-reach-url = 地址
bundle-reach-url-hint = https://，或仅限本机的 http://。不跟随重定向。
bundle-reach-pin = 证书 (SHA-256)，可选
bundle-reach-pin-hint = 用于未经机构签署的证书：只信任这一个。
bundle-reach-user = 用户名
bundle-reach-password = 密码
bundle-reach-code = 身份验证器验证码
bundle-reach-do-upload = 上传
bundle-reach-do-ask = 询问
bundle-uploaded = 配置包 { $serial } 已在 { $name } 生效
bundle-asked = 已询问 { $name }
