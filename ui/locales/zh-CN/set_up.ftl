# 首个提供商或更多提供商相关对话框的文字：示例配置、首个提供商、外部链接。

## An example set-up

set-up-title = 从示例开始
set-up-choose = 示例
set-up-reading = 正在读取将要创建的内容
set-up-makes = 将创建
set-up-price = 每 100 万词元：输入 { $input }，输出 { $output }
set-up-prices-of = { $day } 的价格。
set-up-instead = 代替 { $model }，后者已不再对新密钥开放。
set-up-default = 默认
set-up-limits = 每天 { $daily } 词元，每月 { $monthly }
set-up-tasks = 以下任务的首选：{ $tasks }
set-up-routes = 路由
set-up-route-was = { $name } 后移一位。
set-up-default-was = { $name } 将不再是默认。
set-up-key = { $vendor } 的 API 密钥
set-up-key-optional = 可稍后填写
set-up-key-get = 获取密钥
set-up-address = 使用其他地址
set-up-address-hint = 用于您自己的代理。留空即为供应商的地址。
set-up-off = 没有密钥时，{ $vendors } 将处于停用状态。请稍后在提供商的表单中填写密钥。
set-up-anyway = 仍然设置
set-up-anyway-hint = 被供应商拒绝的将停用；无法连接的保持启用。
set-up-confirm = { $count ->
   *[other] 添加 { $count } 个提供商
}
set-up-testing = 正在测试密钥
set-up-done = { $count ->
   *[other] 已添加 { $count } 个提供商
}
set-up-done-off = { $count ->
    [0] 所有密钥均已测试且有效。
   *[other] { $count } 个已停用：没有有效的密钥。
}

## A first provider

first-title = 您的首个提供商
first-lede = 请粘贴密钥。Signalbox 会识别它属于谁，建议一个模型，并在保存之前测试两者。
first-key = API 密钥
first-key-hint = 它会加密保存在此保管库中，并且只发送给其供应商。
first-vendor = 供应商
first-vendor-found = 已根据密钥的开头识别。如果它用于您自己的网关，请更改。
first-vendor-unknown = 无法从此密钥看出它属于谁。请选择供应商。
first-model = 模型
first-no-catalogue = 无法读取目录。请按供应商的写法输入模型名称。
first-address = 基础 URL
first-address-hint = API 的地址，例如 http://localhost:11434/v1。
first-serves = 让它处理所有尚无人处理的任务
first-serves-hint = 它将成为默认。单个任务的路由可以稍后设置。
first-save = 测试并保存
first-testing = 正在询问供应商
first-full = 所有字段
first-later = 稍后
first-done-title = { $name } 可用
first-done = 它在 { $latency } 内作出了回答，并处理所有没有专属提供商的任务。
first-done-off = 它在 { $latency } 内作出了回答。一旦有路由指定它，它就会处理该任务。
first-try = 在试验场中试用
first-routes = 安排路由
first-close = 完成

## A link that came in

link-title = 要从链接添加提供商吗？
link-lede = Signalbox 之外的一个链接提出了此建议。它不含密钥，在您于表单中查看之前不会保存任何内容。
link-vendor = 供应商
link-name = 名称
link-name-made = 由供应商和模型组成
link-model = 模型
link-model-open = 由您选择
link-address = 基础 URL
link-address-own = { $vendor } 自己的地址
link-task = 任务首选
link-task-none = 无
link-task-unknown = { $task }，此保管库中没有该任务，将被忽略
link-not-vendor = 这不是 { $vendor } 的地址。您输入的密钥会被发送到那里。
link-private = 此地址指向这台电脑或其所在网络。
link-plain = 此地址使用明文 http：途中的任何人都能读取密钥。
link-continue = 在表单中查看

## Further actions of the palette

act-first = 通过密钥添加首个提供商
act-set-up = 从示例开始：{ $name }
act-default = 将 { $name } 设为默认
act-duplicate = 复制 { $name }
act-delete = 删除 { $name }
act-task = 任务，首选：{ $name }
act-task-nobody = 任务，由默认处理
act-new-budget = 添加预算
act-import-usage = 从文件导入用量
act-reprice = 为过去的调用重新定价
act-retention = 选择调用保留多久
act-verify-usage = 核对用量日志的合计
act-rebuild-usage = 重新生成用量日志的合计
act-restore-catalogue = 恢复此版本自带的目录
act-gateway-token = 为网关创建令牌
act-password = 更改保管库密码
act-kit = 创建恢复套件
act-vault-key = 更换保管库密钥
act-export = 为其他保管库导出提供商
act-import = 从其他保管库导入提供商
act-connect = 连接到服务器
act-add-server = 添加用于配置包的服务器
act-select-none = 取消选择
act-clear-filters = 清除列表的筛选条件
act-undo = 撤销上次更改
act-own-order = 手动排列列表
act-move-up = 上移 { $name }
act-move-down = 下移 { $name }

## Deleting several

delete-many-title = { $count ->
   *[other] 要删除 { $count } 个提供商吗？
}
delete-many-lede = 它们的密钥会在此处删除；在供应商处仍然有效。
delete-many-type = 输入 { $count } 以确认
delete-many-confirm = { $count ->
   *[other] 删除 { $count } 个提供商
}
delete-many-tasks = { $count ->
   *[other] { $count } 个任务将失去首选：{ $tasks }。
}
delete-many-default = 其中包括默认提供商。无人处理的任务届时将无人处理。
delete-many-more = 以及另外 { $count } 个
reach-not-now = 目前无法执行
reach-not-now-text = 该页面目前没有此项，或在当前状态下无法使用。
act-add-task = 添加任务
reach-marked-test = 测试所选项
reach-marked-on = 启用所选项
reach-marked-off = 停用所选项
reach-marked-delete = 删除所选项
reach-stop-tests = 停止测试
reach-discard-routes = 放弃路由更改
reach-run = 运行提示词
reach-stop-run = 停止回答
reach-add-model = 向试验场添加模型
reach-export-usage = 导出用量：报告、表格、图表
reach-export-bundle = 导出配置包
reach-verify-bundle = 验证配置包
reach-check-now = 查看与服务器的差异
reach-verify-history = 验证历史记录
reach-export-history = 导出历史记录
reach-back-up = 立即备份
reach-back-ups = 切换自动备份
reach-undo-restore = 撤销上次恢复
reach-back-up-there = 备份到其他位置，或从其他位置恢复
reach-open-backups = 打开备份文件夹
reach-import-catalogue = 导入价格目录
reach-gateway = 启用或停用网关
reach-port = 选择网关端口
reach-keyring = 启用或停用密钥环
reach-enrol = 注册身份验证器应用
reach-idle = 选择自动锁定时间
reach-theme = 选择主题
reach-rows = 选择行高
reach-language = 选择语言
reach-motion = 选择减少动态效果
reach-log = 选择日志级别
reach-licences = 显示许可证
reach-recipient = 为此保管库创建接收者
reach-address = 复制网关地址
palette-recent = 最近使用
palette-tasks = 任务
palette-places = 转到
palette-open-in-edit = 打开编辑
act-usage = { $name } 的用量
act-simulate = 模拟 { $name } 故障
act-new-quota = 添加用户配额
reach-saved-prompts = 选择已保存的提示词
reach-all-calls = 显示所选日期的全部调用
reach-all-usage = 重新显示全部调用的用量
reach-source = 显示服务器的用量
reach-see-alerts = 将预算通知标为已读
reach-see-jumps = 将用量突增标为已读
reach-save-key = 保存签名公钥
reach-copy-key = 复制签名公钥
reach-change-key = 更换签名密钥
reach-push = 将差异推送到服务器
reach-pull = 从服务器拉取差异
reach-sync-all = 同步全部差异
reach-renew-codes = 更新恢复代码
reach-remove-totp = 移除身份验证器应用
reach-key-settings = 选择密钥何时过旧以及替换后保留多久
reach-limit-zone = 选择按哪个时区的日期计算限额
reach-usage-zone = 选择按哪个时区的日期统计用量
reach-single-keys = 启用或停用单键快捷键
reach-open-logs = 打开日志文件夹
reach-open-data = 打开数据文件夹
reach-copy-recipient = 复制此保管库的接收者
