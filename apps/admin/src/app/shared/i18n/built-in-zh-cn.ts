/** 登录页所需的文字：随首包一起到达，语言文件加载之前就能用。 */
export const builtInZhCn = {
  product: 'OpsAgent',
  nav: {
    login: '登录',
  },
  shell: {
    pageLost: '页面没有打开：服务器没有应答，或刚刚升级。请重试；若仍不行，请重新加载控制台。',
    environment: '环境：{{name}}',
    language: '语言',
    theme: '主题',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  },
  common: {
    retryIn: '{{seconds}} 秒后自动重试',
    retrying: '正在重试…',
    retryNow: '立即重试',
    showPassword: '显示',
    hidePassword: '隐藏',
    notifications: '通知',
    dismiss: '关闭通知',
  },
  signIn: {
    title: '登录 OpsAgent',
    email: '邮箱',
    password: '密码',
    submit: '登录',
    wrong: '登录失败：邮箱或密码不正确。请检查后重试。',
    tooMany: '尝试次数过多。请在 {{seconds}} 秒后重试。',
  },
  validation: {
    required: '此项必填。',
    other: '此项有误。',
  },
  errors: {
    line: '{{title}}：{{cause}}',
    network: {
      title: '无法连接服务器',
      cause: '服务器没有应答，可能正在重启，或网络不通。',
      action: '请确认服务正在运行，然后重试。',
    },
    offline: { title: '网络已断开', cause: '浏览器当前没有网络连接。', action: '请检查网络，恢复后会自动重连。' },
    unexpected: {
      title: '出现意外错误',
      cause: '控制台内部出错。',
      action: '请重新加载页面；若再次出现，请把详情交给管理员。',
    },
    'http-400': { title: '请求无效', cause: '服务器拒绝了这次请求。', action: '请检查填写的内容后重试。' },
    'http-422': { title: '内容有误', cause: '有字段不符合要求。', action: '请按字段下方的提示修改。' },
    'http-429': { title: '请求过于频繁', cause: '已达到速率上限。', action: '请稍候再试。' },
    'http-500': {
      title: '服务器出错',
      cause: '服务器处理时发生内部错误。',
      action: '请稍后重试；若再次出现，请把请求编号交给管理员。',
    },
    'http-503': {
      title: '服务暂不可用',
      cause: '服务器依赖的数据库或组件没有应答。',
      action: '请稍后重试，或让管理员检查数据库。',
    },
  },
} as const;
