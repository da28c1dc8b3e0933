export const zhCn = {
  tokens: {
    intro: '程序以你的身份调用 /api 时使用：Authorization: Bearer <令牌>。',
    example: '自动化脚本',
    none: '还没有个人令牌。为调用 API 的程序新建一个。',
  },
} as const;
