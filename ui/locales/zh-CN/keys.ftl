# 关于密钥变旧的文字：密钥对话框、相关设置和提醒。

## The dialog of a key

key-title = { $name } 的 API 密钥
key-ends = 末四位为 ...{ $last }，输入于 { $day }。
key-entered-on = 输入于 { $day }。
key-missing = 尚无密钥。
key-days =
    { $count ->
        [0] 不到一天
       *[other] 已使用 { $count } 天
    }
key-older = 已超过 { $days } 天
reading-key = 正在读取密钥信息
key-used-for = 用于
key-used-chain = { $task }（第 { $place } 位）
key-used-first = { $task }（首位）
key-used-default = 作为默认，用于没有路由的请求
key-used-nothing = 没有任务
key-used-off = 无，提供商已停用
key-gateway = 本地网关
key-gateway-token = 持有末四位为 ...{ $last } 的令牌的客户端可以访问
key-gateway-off = 其他程序无法访问
key-last-call = 最近一次调用
key-no-call = 日志中没有
key-before = 上一个密钥的末四位为 ...{ $last }。
key-before-short = 上一个密钥已保留。
key-kept-until = 它将加密保留至{ $when }，随后销毁。
key-other-url = 它是为 { $url } 输入的，不会发送到其他地方：要恢复使用，请重新设置该基础 URL。
key-go-back = 恢复使用
key-go-back-untested = 不经测试直接恢复
key-destroy = 立即销毁
key-destroy-asked = 销毁后无法找回：既不能撤销，也无法从此保管库恢复。
key-destroy-confirm = 销毁密钥
key-destroy-keep = 保留
key-new = 新密钥
key-new-hint = 在作出任何更改之前，会先向 { $vendor } 测试。
key-new-hint-server = 在作出任何更改之前，会先向服务器测试。
key-keep-days = 旧密钥保留
key-days-unit = 天
key-days-outside = 请输入 1 到 30。
key-replaces-kept = 届时上一个密钥将被销毁：每次只保留一个。
key-replace = 测试并替换
key-copy = 复制密钥
key-close = 关闭
key-testing-new = 正在测试新密钥
key-testing-old = 正在测试上一个密钥
key-refused-title = { $outcome }。未作任何更改。
key-replaced = 已替换 { $name } 的密钥
key-replaced-none = { $name } 的密钥已生效
key-replaced-detail = 旧密钥保留至{ $when }。确认一切正常后，请在供应商页面吊销它。
key-went-back = { $name } 已恢复使用上一个密钥
key-went-back-detail = 另一个密钥保留至{ $when }。
key-destroyed = { $name } 的旧密钥已销毁
key-copied = 已复制 { $name } 的密钥
key-copied-detail = 它将在 { $seconds } 秒后或保管库锁定时从剪贴板清除。
key-manage = 替换、复制或恢复
palette-key = { $name } 的密钥：替换、复制、恢复

## Reminder

key-reminder = 旧密钥
key-reminder-one = { $name } 的密钥已使用 { $days } 天
key-reminder-many = { $count } 个密钥已超过 { $days } 天
key-reminder-oldest = 最旧的是 { $name } 的密钥，已 { $days } 天。
key-reminder-why = 不时更换密钥，捡到旧密钥的人就难以得逞。
key-reminder-replace = 替换密钥
key-reminder-later = 7 天后

## Settings

keys-section = API 密钥
reading-key-settings = 正在读取密钥的处理方式
keys-remind = 提醒旧密钥
keys-remind-text = 同一密钥使用满指定天数后，在提供商列表上显示提示。
keys-remind-days = 多少天后视为旧密钥
keys-keep = 保留被替换的密钥
keys-keep-text = 在指定天数内（1 到 30）可以恢复使用，随后销毁。
keys-keep-days = 被替换的密钥保留的天数
keys-clipboard = 从剪贴板清除复制的密钥
keys-clipboard-text = 在指定秒数（5 到 60）后，以及保管库锁定时。
keys-clipboard-s = 在剪贴板中的秒数
key-settings-save = 保存
key-settings-saved = 密钥设置已保存
