import { builtInZhCn } from './built-in-zh-cn.js';

/** 出错时说什么：发生了什么、为什么、怎么办；键是服务器的错误码。 */
export const errorsZhCn = {
  ...builtInZhCn.errors,
  'http-401': { title: '尚未登录', cause: '登录已失效，或从未登录。', action: '请登录后重试。' },
  'http-403': { title: '没有权限', cause: '当前账号的角色不允许此操作。', action: '请联系管理员调整角色。' },
  'http-404': { title: '内容不存在', cause: '它可能已被删除。', action: '请返回列表并刷新。' },
  'http-409': { title: '内容已变化', cause: '有人在此期间改动了它。', action: '请重新加载后再试。' },
  'http-413': { title: '内容过大', cause: '发送的内容超过了上限。', action: '请缩短后重试。' },
  'internal/unexpected': {
    title: '服务器出错',
    cause: '服务器处理时发生内部错误。',
    action: '请稍后重试；若再次出现，请把请求编号交给管理员。',
  },
  'http/method-not-allowed': {
    title: '接口不接受此操作',
    cause: '控制台与服务器的版本可能不一致。',
    action: '请重新加载页面。',
  },
  'input/unsupported-media': {
    title: '请求格式有误',
    cause: '服务器不接受这种内容类型。',
    action: '请重新加载页面后重试。',
  },
  'identity/wrong-credentials': {
    title: '登录失败',
    cause: '邮箱或密码不正确。',
    action: '请检查后重试。',
  },
  'identity/wrong-setup-code': {
    title: '初始化失败',
    cause: '初始化码不正确或已更换。',
    action: '请使用终端里最新打印的一个。',
  },
  'identity/setup-done': { title: '已经完成初始化', cause: '管理员账号已存在。', action: '请直接登录。' },
  'identity/email-taken': { title: '邮箱已被使用', cause: '已有使用此邮箱的账号。', action: '请换一个邮箱。' },
  'identity/token-not-found': { title: '令牌不存在', cause: '它可能已被吊销。', action: '请刷新列表。' },
  'session/interrupted': {
    title: '回答被中断',
    cause: '处理它的服务进程已停止。',
    action: '已收到的内容已保留，请重试。',
  },
  'input/invalid': { title: '内容有误', cause: '有字段不符合要求。', action: '请按字段下方的提示修改。' },
  'input/bad-json': { title: '请求格式有误', cause: '发送的内容不是有效的 JSON。', action: '请重新加载页面后重试。' },
  'input/too-large': { title: '内容过大', cause: '发送的内容超过了上限。', action: '请缩短后重试。' },
  'access/unauthenticated': { title: '尚未登录', cause: '登录已失效，或从未登录。', action: '请登录后重试。' },
  'access/forbidden': {
    title: '没有权限',
    cause: '当前账号的角色不允许此操作。',
    action: '请联系管理员调整角色。',
  },
  'access/scope-missing': {
    title: '令牌权限不足',
    cause: '个人令牌的权限范围不包含该操作。',
    action: '请使用包含所需范围的令牌。',
  },
  'access/cross-site': {
    title: '请求来源被拒绝',
    cause: '这次请求来自另一个网站。',
    action: '请直接打开控制台的地址再操作。',
  },
  'http/not-found': {
    title: '接口不存在',
    cause: '服务器没有这个接口，控制台与服务器的版本可能不一致。',
    action: '请重新加载页面。',
  },
  'http/unavailable': {
    title: '服务暂不可用',
    cause: '服务器依赖的数据库或组件没有应答。',
    action: '请稍后重试，或让管理员检查数据库。',
  },
  'secrets/unreadable': {
    title: '密钥无法解密',
    cause: '主密钥与保存时使用的不同。',
    action: '请恢复原来的主密钥，或重新填写 API 密钥。',
  },
  'identity/sign-in-not-found': {
    title: '没有这个登录',
    cause: '它已结束，或不属于你。',
    action: '请刷新列表。',
  },
  'identity/too-many-sign-ins': {
    title: '登录尝试过多',
    cause: '这个地址或账号在短时间内多次登录失败。',
    action: '请稍后再试，或让管理员发出新的邀请。',
  },
  'identity/token-expired': {
    title: '令牌已过期',
    cause: '个人令牌超过了有效期。',
    action: '请新建一个令牌。',
  },
  'identity/user-not-found': {
    title: '没有这个用户',
    cause: '编号不对，或用户已不存在。',
    action: '请刷新用户列表。',
  },
  'identity/last-admin': {
    title: '需要保留一位管理员',
    cause: '这是最后一位可以登录的管理员。',
    action: '请先让另一位用户成为管理员。',
  },
  'identity/invitation-invalid': {
    title: '邀请无效',
    cause: '邀请已使用、已过期，或链接不完整。',
    action: '请让管理员重新发出邀请。',
  },
  'identity/second-factor-needed': {
    title: '需要验证码',
    cause: '该账号除密码外还要求第二重验证。',
    action: '请输入验证器应用中的验证码，或一个恢复码。',
  },
  'identity/wrong-second-factor': {
    title: '验证码无效',
    cause: '验证码不正确、已过期或已被使用。',
    action: '请等待验证器应用显示下一个验证码，或使用恢复码。',
  },
  'identity/wrong-code': {
    title: '验证码无效',
    cause: '验证码不正确、已过期或已被使用。',
    action: '请等待下一个验证码后重新输入。',
  },
  'identity/totp-on': {
    title: '两步验证已启用',
    cause: '可能已在其他浏览器中启用。',
    action: '请重新加载页面。',
  },
  'identity/totp-off': {
    title: '两步验证未启用',
    cause: '已被停用，或尚未设置。',
    action: '请重新加载页面。',
  },
  'identity/oidc-off': {
    title: '未启用单点登录',
    cause: '服务器没有配置 OpenID Connect。',
    action: '请使用邮箱和密码登录。',
  },
  'identity/no-identity': { title: '没有关联的外部账号', cause: '关联已被解除。', action: '请重新加载页面。' },
  'identity/only-way-in': {
    title: '不能解除外部账号关联',
    cause: '没有可以登录的密码，解除后将无法登录。',
    action: '请联系管理员。',
  },
  'identity/password-sign-in-off': {
    title: '密码登录已关闭',
    cause: '这里只能通过身份提供方登录。',
    action: '请打开登录页，使用身份提供方登录。',
  },
  'identity/wrong-password': {
    title: '当前密码不正确',
    cause: '输入的当前密码与账号的不同。',
    action: '请重新输入当前密码。',
  },
  'audit/not-found': {
    title: '没有这条审计记录',
    cause: '编号不对，或地址不完整。',
    action: '请从审计日志列表中打开。',
  },
  'master-key/no-new-key': {
    title: '没有新的主密钥',
    cause: '主密钥来自环境变量，还没有设置新的。',
    action: '请先让每个进程以新密钥（OPSAGENT_MASTER_KEY）和现有密钥（OPSAGENT_MASTER_KEY_PREVIOUS）启动。',
  },
  'provider/not-found': {
    title: '没有这个供应商',
    cause: '地址中的供应商名称有误。',
    action: '请返回并重新选择供应商。',
  },
  'provider/no-model-list': {
    title: '无法列出模型',
    cause: '该地址不提供模型列表。',
    action: '请直接填写模型名称，并检查 API 地址是否正确。',
  },
  'llm-config-template/not-found': { title: '模板不存在', cause: '它可能已被删除。', action: '请刷新模板列表。' },
  'llm-config-template/name-taken': {
    title: '名称已被使用',
    cause: '已有同名的模板（不区分大小写）。',
    action: '请换一个名称。',
  },
  'llm-config-template/too-many': {
    title: '模板过多',
    cause: '模板数量已达上限。',
    action: '请先删除不用的模板。',
  },
  'llm-config-template/not-yours': {
    title: '无权删除此模板',
    cause: '只有管理员或创建者可以删除。',
    action: '请联系管理员。',
  },
  'llm-config/revision-not-found': {
    title: '没有这个版本',
    cause: '该配置没有这个历史版本。',
    action: '刷新历史后重新选择。',
  },
  'llm-config/not-found': { title: '模型配置不存在', cause: '它可能已被删除。', action: '请返回列表并刷新。' },
  'llm-config/not-usable': {
    title: '模型配置不可用',
    cause: '它已停用、已删除，或密钥无法读取。',
    action: '请启用它，或选择另一个模型配置。',
  },
  'llm-config/not-for-you': {
    title: '无权再使用此模型',
    cause: '此会话的模型配置不再对你开放。之前的内容仍可查看。',
    action: '请选择另一个模型后继续。',
  },
  'llm-config/no-default': {
    title: '没有默认模型配置',
    cause: '没有指定模型，也没有可用的默认配置。',
    action: '请在模型配置页设定默认，或为会话选择模型。',
  },
  'llm-config/name-taken': {
    title: '名称已被使用',
    cause: '已有同名的模型配置（不区分大小写）。',
    action: '请换一个名称。',
  },
  'job/not-found': {
    title: '任务不存在',
    cause: '任务已过期，或属于其他人。',
    action: '重新发起一次。',
  },
  'job/too-many': {
    title: '进行中的任务过多',
    cause: '同时进行的任务已达上限。',
    action: '等待其中一个结束，或取消它。',
  },
  'job/not-undoable': {
    title: '无法撤销',
    cause: '任务尚未结束、没有更改任何内容，或已经撤销过。',
    action: '在配置的历史中逐个回滚。',
  },
  'llm-config/changed-since': {
    title: '之后又被修改',
    cause: '在此之后，有人修改了这个配置。',
    action: '在它的历史中查看并回滚。',
  },
  'llm-config/import-unreadable': {
    title: '无法读取文件',
    cause: '文件内容不是可以识别的模型配置。',
    action: '按所示的行和原因修正后重试。',
  },
  'llm-config/import-changed': {
    title: '计划已过期',
    cause: '查看计划之后，配置或文件有了变化。',
    action: '重新查看计划后再导入。',
  },
  'limits/not-found': {
    title: '没有这项限额',
    cause: '它可能已被移除。',
    action: '刷新列表后再试。',
  },
  'limits/subject-not-found': {
    title: '限额的对象不存在',
    cause: '应用、密钥、用户、角色或模型配置已不存在。',
    action: '刷新列表后重新选择。',
  },
  'limits/too-many-requests': {
    title: '请求过于频繁',
    cause: '已达到管理员设置的每分钟请求数。',
    action: '稍候再试；需要更多时请联系管理员。',
  },
  'limits/too-many-runs': {
    title: '同时进行的回答过多',
    cause: '已达到管理员设置的并发上限。',
    action: '等其中一个回答结束后再试。',
  },
  'limits/budget-spent': {
    title: '额度已用完',
    cause: '已达到管理员为本日或本月设置的额度。',
    action: '等额度重置，或联系管理员。',
  },
  'llm-config/too-many-tests': {
    title: '测试过于频繁',
    cause: '一分钟内开始的测试太多。',
    action: '稍后再试，或用批量测试。',
  },
  'llm-config/in-use': {
    title: '正在使用',
    cause: '还有内容在使用这个模型配置。',
    action: '请先改用其他配置，或强制删除。',
  },
  'llm-config/changed': {
    title: '已被他人修改',
    cause: '打开之后，有人保存了新的内容。',
    action: '请重新加载，或用你的内容覆盖。',
  },
  'llm-config/not-yours': {
    title: '没有权限',
    cause: '只有管理员和创建者可以修改这个模型配置。',
    action: '请联系管理员。',
  },
  'session/not-found': { title: '会话不存在', cause: '它可能已被删除。', action: '请返回会话列表。' },
  'session/message-not-found': { title: '消息不存在', cause: '它可能已被删除。', action: '请重新加载会话。' },
  'session/run-not-found': {
    title: '回答已不在进行',
    cause: '这次回答已经结束，事件不再保留。',
    action: '请重新加载会话查看结果。',
  },
  'session/not-stored': {
    title: '回答未能保存',
    cause: '数据库没有应答，已收到的内容未能保存。',
    action: '请复制需要的内容，稍后重试。',
  },
  'app/not-found': { title: '应用不存在', cause: '它可能已被删除。', action: '请返回列表并刷新。' },
  'app/changed': { title: '应用已被他人修改', cause: '你打开之后，有人保存了别的内容。', action: '请比较后再保存。' },
  'app/first-app-stays': {
    title: '首个应用不能删除',
    cause: '没有密钥的调用和环境变量中的密钥使用它。',
    action: '可以改为停用。',
  },
  'tool-source/not-found': { title: '数据源不存在', cause: '它可能已被删除。', action: '请刷新列表。' },
  'tool-source/name-taken': { title: '名称已被使用', cause: '已有同名的数据源。', action: '请换一个名称。' },
  'tool-source/changed': {
    title: '数据源已被修改',
    cause: '在你读取之后，其他人修改了它。',
    action: '请对照当前的值后再保存。',
  },
  'runbook/not-found': { title: '运维手册不存在', cause: '它可能已被删除。', action: '请刷新列表。' },
  'runbook/changed': {
    title: '运维手册已被修改',
    cause: '在你读取之后，其他人修改了它。',
    action: '请对照当前的内容后再保存。',
  },
  'runbook/imported-again': {
    title: '同名文件已再次导入',
    cause: '删除之后，又从同名文件导入了一份。',
    action: '请直接使用新的那一份。',
  },
  'mcp-server/not-found': { title: 'MCP 服务器不存在', cause: '它可能已被删除。', action: '请刷新列表。' },
  'mcp-server/name-taken': { title: '名称已被使用', cause: '已有同名的 MCP 服务器。', action: '请换一个名称。' },
  'mcp-server/changed': {
    title: 'MCP 服务器已被修改',
    cause: '在你读取之后，其他人修改了它。',
    action: '请对照当前的值后再保存。',
  },
  'mcp-server/tool-changed': {
    title: '工具已变化',
    cause: '服务器对它的说明与你看到的不同，或已不再提供它。',
    action: '请重新查看后再允许。',
  },
  'approval/not-found': {
    title: '审批请求不存在',
    cause: '它可能已随会话删除。',
    action: '请刷新列表。',
  },
  'approval/changed': {
    title: '调用内容已变化',
    cause: '它与展示给你的内容不一致。',
    action: '请重新查看后再决定。',
  },
  'approval/decided': {
    title: '已处理',
    cause: '其他人已处理，或已超时。',
    action: '请刷新查看处理人和结果。',
  },
  'approval/own-request': {
    title: '需由他人审批',
    cause: '此调用由你的提问引起，策略要求由另一人审批。',
    action: '请联系其他审批员。',
  },
  'approval/outcome-known': {
    title: '无需确认',
    cause: '结果已知，或已有人确认。',
    action: '请刷新列表。',
  },
  'approval/outcome-unknown': {
    title: '结果未知',
    cause: '操作进行中服务器停止了。',
    action: '请检查目标后确认所见情况。',
  },
  'artifact/not-found': {
    title: '结果不存在',
    cause: '它可能已随会话删除。',
    action: '请刷新页面。',
  },
  'artifact/too-big': {
    title: '结果过大',
    cause: '超过了可保存的大小。',
    action: '请缩小查询范围。',
  },
  'annotation/not-found': { title: '标注不存在', cause: '它可能已被删除。', action: '请刷新列表。' },
  'app/key-not-found': { title: '密钥不存在', cause: '它可能已被吊销。', action: '请刷新列表。' },
} as const;

/** 模型调用失败时说什么；键是故障种类。 */
export const faultsZhCn = {
  invalid_key: {
    title: '密钥无效',
    cause: '供应商拒绝了 API 密钥。',
    action: '请在供应商控制台重新生成密钥，粘贴到模型配置中；若有多个地域，请确认地址与密钥属于同一地域。',
  },
  permission: {
    title: '没有使用该模型的权限',
    cause: '密钥有效，但不允许使用此模型。',
    action: '请在供应商控制台开通该模型，或换一个模型。',
  },
  insufficient_balance: { title: '余额不足', cause: '供应商账户欠费或余额用尽。', action: '请充值后重试。' },
  rate_limit: { title: '请求过于频繁', cause: '已达到供应商的速率上限。', action: '请稍候再试，或提高限额。' },
  quota_window: {
    title: '额度已用完',
    cause: '本时段的用量额度已用尽。',
    action: '请等待额度恢复，或更换套餐、模型。',
  },
  overloaded: { title: '供应商繁忙', cause: '模型服务当前过载。', action: '请稍后重试，或换一个模型。' },
  context_too_long: {
    title: '内容超出模型上限',
    cause: '对话长度超过了模型的上下文窗口。',
    action: '请新建会话、缩短内容，或换用上下文更大的模型。',
  },
  content_filter: {
    title: '内容被供应商拦截',
    cause: '供应商的内容审核没有放行。',
    action: '请调整措辞，或换一个模型。',
  },
  model_not_found: {
    title: '模型或地址不存在',
    cause: '供应商不认识这个模型名，或基础地址有误。',
    action: '请核对模型名称与基础地址（多数以 /v1 结尾）。',
  },
  bad_request: {
    title: '请求被供应商拒绝',
    cause: '有参数不被该模型接受。',
    action: '请查看供应商原文，检查默认参数与扩展设置。',
  },
  server: {
    title: '供应商故障',
    cause: '供应商返回了服务器错误。',
    action: '请稍后重试；若持续出现，请查看其状态页。',
  },
  timeout: { title: '等待超时', cause: '供应商没有在规定时间内应答。', action: '请检查网络与服务负载，然后重试。' },
  cut_off: { title: '回答中断', cause: '连接在回答完成之前断开。', action: '已收到的内容已保留，请重试。' },
  unreachable: {
    title: '无法连接',
    cause: '服务器连不上该地址：域名无法解析、端口拒绝连接，或证书无效。',
    action: '请检查基础地址，并确认服务器可以访问它。',
  },
  refused_by_policy: {
    title: '地址被安全策略拦截',
    cause: '该地址属于内网或保留网段，服务器不允许访问。',
    action: '请让管理员把它加入 OPSAGENT_OUTBOUND_ALLOW。',
  },
  empty_answer: {
    title: '没有返回内容',
    cause: '供应商正常结束，但没有任何内容。',
    action: '请重试；若持续出现，请检查地址与模型。',
  },
  truncated_tool_call: {
    title: '工具调用不完整',
    cause: '模型的输出在工具调用中途结束。',
    action: '请调大最大输出，或换一个模型后重试。',
  },
  not_usable: {
    title: '模型配置不可用',
    cause: '它已停用、已删除，或密钥无法读取。',
    action: '请启用它，或选择另一个模型配置。',
  },
  interrupted: { title: '回答被中断', cause: '处理它的服务进程已停止。', action: '已收到的内容已保留，请重试。' },
  internal: { title: '内部错误', cause: '服务器处理时出错。', action: '请重试；若再次出现，请联系管理员。' },
} as const;
