export const zhCn = {
  profile: {
    intro: '偏好只保存在当前浏览器中，修改后立即生效。',
    account: '账号',
    email: '邮箱',
    role: '角色',
    look: '外观',
    density: '表格密度',
    densities: { compact: '紧凑', comfortable: '宽松' },
    keys: '键盘',
    sendKey: '发送消息',
    sendKeyHint: 'Shift + Enter 始终换行。',
    sendKeys: { enter: 'Enter', 'ctrl-enter': '{{command}} + Enter' },
    singleKeys: '启用单键快捷键（例如 / 搜索，? 查看全部）',
  },
  tokens: {
    intro: '程序以你的身份调用 /api 时使用：Authorization: Bearer <令牌>。',
    example: '自动化脚本',
    none: '还没有个人令牌。为调用 API 的程序新建一个。',
  },
} as const;
