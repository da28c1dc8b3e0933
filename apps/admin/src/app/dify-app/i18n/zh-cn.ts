export const zhCn = {
  intro: 'Dify 兼容的客户端用应用密钥连接到这里。',
  mode: { chat: '纯对话', 'agent-chat': '运维助手' },
  address: 'API 地址',
  addressHint: '在客户端的 “API 服务器” 处填写此地址，并使用下面的任一密钥。',
  keys: 'API 密钥',
  noKeys: '还没有密钥。新建一个，填到客户端里。',
  example: '值班群机器人',
  readOnly: '只有管理员可以新建或吊销密钥。',
} as const;
