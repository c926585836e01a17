# 设置中“安全”部分、其对话框和恢复页面的文字。

## Section

security-section = 安全
reading-security = 正在读取打开保管库的方式
change-password = 更改密码
password-line = 保管库密码
password-first = 创建保管库时设置的密码。更改后，所有密钥、恢复套件和系统密钥环均保持有效。
password-changed = 更改于{ $when }。更改后，所有密钥、恢复套件和系统密钥环均保持有效。
kit-line = 恢复套件
kit-none = 尚无恢复套件。没有它，忘记密码就会失去保管库。
kit-made = 创建于{ $when }，未使用。新套件会取代它。
kit-there = 已有一个，未使用。新套件会取代它。
make-kit = 创建套件
make-new-kit = 创建新套件
keyring-line = 使用系统密钥环解锁
keyring-text = 启用后，在您登录期间，任何以您的身份运行的程序都能打开保管库。14 天后会再次要求输入密码。
keyring-on = 在{ $when }之前可打开保管库。您登录期间，任何以您的身份运行的程序都能这样做；之后会再次要求输入密码。
key-line = 保管库密钥
key-first = 最初的密钥，这里的一切都用它加密。
key-changed = 替换于{ $when }，第 { $number } 个。
replace-key = 替换密钥

## Another password

change-password-lede = 所有密钥、恢复套件和系统密钥环继续有效。
current-password = 当前密码
new-password = 新密码
change-confirm = 更改密码
password-is-changed = 密码已更改
password-is-changed-detail = 旧密码不再能打开保管库。此前制作的保管库副本仍可用它打开。

## Recovery kit

kit-title = 新恢复套件
kit-lede = 忘记密码时可打开保管库的 24 个单词。
kit-voids = 若您已有恢复套件，新套件一经创建，旧套件立即失效。
kit-make = 创建套件
kit-shown-title = 保存恢复套件
kit-shown-lede = 忘记密码时，这 24 个单词可打开保管库。它们只显示一次。
kit-words = 恢复套件的单词
kit-vault = 保管库 { $id }，创建于{ $when }
kit-save = 保存可打印的页面
kit-saved = { $name } 已在您的下载文件夹中。请打印后将其删除。
kit-keep = 不要存放在这台电脑上。
kit-keep-text = 上锁抽屉里的纸，或另一个密码管理器。持有这些单词和保管库的人都能打开它。
kit-done = 完成

## A new vault key

rotate-title = 替换保管库密钥
rotate-lede = 一切都会用新密钥重新加密：数据库以及其中的每个 API 密钥。
rotate-calls = 调用会结束，网关会暂停数秒。之前的操作将无法再撤销。
rotate-kit = 此前创建的恢复套件会失效：请随后创建新的。
rotate-confirm = 替换密钥
rotate-closing = 正在结束调用
rotate-copying = 正在用新密钥复制数据库
rotate-sealing = 正在重新加密 API 密钥
rotate-checking = 正在检查副本
rotate-switching = 保管库正在切换到新密钥
rotate-done-title = 保管库密钥已替换
rotate-done = 一切均已用新密钥加密，旧数据库已移除。
rotate-kit-void = 您的恢复套件已失效。
rotate-keyring-void = 系统密钥环没有响应：请重新启用。
rotate-backups = 此前的备份仍可用旧密码和旧密钥打开。
rotate-close = 完成

## Other ways in on the lock screen

keyring-asked = 正在等待系统密钥环，最多三秒

recover-title = 使用恢复套件
recover-lede = 套件只能打开保管库一次。您将设置新密码，并获得新套件。
recover-words = 按顺序输入 24 个单词
recover-words-hint = 大小写、编号和换行均无关紧要；每个单词输入前四个字母即可。
recover-confirm = 打开保管库
recover-back = 返回密码
recover-enter = 进入保管库

## Configurations for other vaults

share-section = 其他保管库
share-export = 导出到另一个保管库
share-export-text = 将提供商连同 API 密钥写入文件，只有口令或指定的保管库才能打开。
share-export-open = 导出…
share-import = 从另一个保管库导入
share-import-text = 您会看到文件内容，并在作出任何更改之前逐个决定。
share-import-open = 导入…
share-recipient = 此保管库的接收者标识
share-recipient-text = 请发给要为此保管库加密文件的人。它不是秘密，也不能打开任何东西。
share-make-recipient = 创建接收者标识
share-copy-recipient = 复制接收者标识

share-export-lede = 文件包含用 age 加密的 API 密钥。打开它的人就能得到这些密钥。
share-which = 提供商
share-all = 全选
share-none = 全不选
share-way = 加密方式
share-by-passphrase = 口令
share-by-recipient = 保管库的接收者标识
share-passphrase = 口令
share-repeat = 再次输入口令
share-passphrase-hint = 请用与文件不同的途径告知对方。口令无法找回。
share-to = 另一个保管库的接收者标识
share-to-hint = 以 age1 开头，可在那个保管库的设置中找到。
share-export-count = { $count ->
   *[other] 导出 { $count } 个提供商
}
share-exported = 已写入 { $name }
share-exported-detail = 文件位于下载文件夹中。

share-import-lede = 密钥会保存到此保管库。默认提供商和路由保持不变。
share-file-hint = 以 .age 结尾的文件
share-passphrase-optional = 口令（如果文件用口令加密）
share-open = 查看内容
share-import-none = 没有可导入的内容
share-import-count = { $count ->
   *[other] 导入 { $count } 个提供商
}
share-imported = { $count ->
   *[other] 已导入 { $count } 个提供商
}
share-imported-detail = 添加 { $added } 个，更换密钥 { $replaced } 个，跳过 { $skipped } 个。密钥未经测试。
share-too-large = 文件大于 1 MB
share-too-large-advice = 请选择 Signalbox 为另一个保管库导出的文件。
share-made = 写入于{ $time }，以写入该文件的电脑时钟为准。
share-entries = 文件中的提供商
share-configuration = 提供商
share-becomes = 如何处理
share-becomes-of = 如何处理 { $name }
share-on = 已启用。
share-off = 已停用。
share-on-keyless = 已启用，没有密钥。
share-off-keyless = 已停用，没有密钥。
share-same-id = 它就是此保管库的 { $name }，与导出时一致。
share-same-name = 此保管库已有 { $name }。
share-add = 添加
share-copy = 添加为 { $name }
share-replace = 将其密钥交给 { $name }
share-skip = 跳过

## Locking by itself

locking = 锁定
idle-lock = 闲置后锁定
idle-lock-text = 按下 Ctrl L 也会锁定；在 Linux 上，系统挂起、桌面锁屏或使用桌面栏图标时也会锁定。
idle-minutes = { $count ->
   *[other] { $count } 分钟
}

## The check of a new recovery kit

kit-check = 我在这台电脑之外有一份副本
kit-check-lede = 请输入副本中的两个单词，以确认副本无误。此时单词会隐藏。
kit-word = 第 { $place } 个单词
kit-confirm = 检查
kit-again = 再次显示单词
kit-checked = 您的副本正确。
kit-made-unchecked = 创建于{ $when }，但尚未确认有人持有副本。如果没有副本，请创建新的。
first-kit-title = 创建恢复套件
first-kit-lede = 保管库已创建。没有套件，忘记密码就会永远失去它：没有人能够重置。
first-kit-later = 稍后
first-kit-later-text = 您随时可以在设置中创建；那里的标记会提醒您。
first-kit-enter = 打开保管库

## The program

reading-program = 正在读取程序设置
appearance = 外观
language = 语言
language-text = “跟随系统”使用桌面的语言。供应商的消息按原文显示。
language-system = 跟随系统
theme = 主题
theme-text = “跟随系统”使用桌面的主题。
theme-light = 浅色
theme-dark = 深色
theme-system = 跟随系统
rows = 行高
rows-text = “宽松”每行 52 px，“紧凑”每行 36 px。
rows-comfortable = 宽松
rows-compact = 紧凑
motion = 减少动画
motion-text = 关闭时跟随系统。
logging = 日志
log-level = 记录的详细程度
log-level-text = 无论如何选择，都不会写入密钥、提示词或回答。
log-level-named = SIGNALBOX_LOG 已设为 { $levels }；没有此变量时在这里设置。
log-error = 错误
log-warn = 警告
log-info = 发生的事情
log-debug = 详细信息
log-trace = 每一步
log-folder = 日志文件
log-kept-text = 保留最近 { $days } 天，目前 { $size }。
data-folder = 数据文件夹
data-place = 所有数据的位置
data-by-default = 此系统存放程序数据的位置。
data-named = 由 SIGNALBOX_DATA_DIR 指定。
data-move = 移动
data-move-text = 关闭 Signalbox，移动文件夹，然后在环境变量中设置新路径并启动：
copy-path = 复制路径
open-folder = 打开文件夹
made-of = 组成部分
licences = 许可证
licences-text = 构建此程序所用的一切，在构建时收集。
licences-show = 显示
licences-none = 此版本不含许可证列表。
licence = 许可证
licence-of = 组成部分
licence-version = 版本
licence-text-of = { $name } 的许可证
