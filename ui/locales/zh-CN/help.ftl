# 字段旁标记后面的就地帮助。

help-about = 关于“{ $field }”
help-api-key = 来自供应商的密钥页面。它会经过测试，仅针对此基础 URL 加密保存在此保管库中，并且不会再完整显示。
help-base-url = 请求发送到的地址。除非前面有您自己的网关或代理，否则请保留供应商的地址。更换地址需要重新输入密钥。
help-model-name = 与供应商的写法完全一致的名称。列表知道价格和能力；其他名称也可以。
help-display-name = 您对它的称呼，用于此处和日志。在此保管库中唯一。留空则由供应商和模型组成。
help-description = 仅供人阅读：谁付费、用途是什么、该问谁。
help-daily-limit = 从 UTC 零点起的输入和输出词元。达到上限后，调用转到链中的下一个。留空表示没有上限。
help-monthly-limit = 从每月一日（UTC）起的输入和输出词元。留空表示没有上限。
help-call-timeout = 经过多少秒后放弃调用并询问链中的下一个。
help-call-retries = 在询问下一个之前，再次询问同一提供商的次数。只重试可能自行恢复的情况。
help-requests-per-minute = 任意 60 秒内的调用次数。请略低于供应商的上限，让调用在此等待，而不是在那里失败。
help-tokens-per-minute = 任意 60 秒内的词元，在调用前预留，在调用后结算。
help-concurrent-calls = 同时进行的调用数。更多的调用会等待，或转到链中的下一个。
help-daily-cost = 从 UTC 零点起的美元金额，按现行价格计算。价格未知的模型无法受其约束。
help-monthly-cost = 从每月一日（UTC）起的美元金额，按现行价格计算。
help-quality = 您对此模型回答的评分。选择最便宜者的路由可以要求最低评分。
help-input-price = 如果您支付的价格与目录不同：每百万输入词元的美元价格。
help-output-price = 如果您支付的价格与目录不同：每百万输出词元的美元价格。
help-cached-price = 供应商从其缓存读取的每百万输入词元的美元价格。
help-budget-amount = 该时段的美元金额。预算会在用完之前提醒，但不会阻止任何调用；提供商的上限才会。
help-remote-name = 您对此服务器的称呼，仅用于此处。
help-remote-address = 其管理 API 的地址，使用 https。明文 http 只允许用于这台电脑。
help-remote-pin = 在那里唯一受信任的证书的 SHA-256。留空则信任这台电脑所信任的证书。
help-remote-user = 您在该服务器上的账户名，必须是超级管理员。
