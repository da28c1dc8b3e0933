export const zhCn = {
  setup: {
    title: '初始化 OpsAgent',
    text: '创建第一个管理员账号。初始化码由服务器在启动时打印，用来确认操作者就是部署者。',
    code: '初始化码',
    codeHint: '在运行 npm start 的终端里可以看到。',
    email: '管理员邮箱',
    password: '密码',
    passwordHint: '至少 12 个字符。',
    strength: { short: '太短', fair: '一般，再长一些更好', good: '良好', strong: '很强' },
    submit: '创建并登录',
    failed: '{{title}}：{{cause}}{{action}}',
    unreachable: '服务器没有应答，每 5 秒自动重试。',
  },
  tokens: {
    intro: '程序以你的身份调用 /api 时使用：Authorization: Bearer <令牌>。',
    example: '自动化脚本',
    none: '还没有个人令牌。为调用 API 的程序新建一个。',
  },
} as const;
