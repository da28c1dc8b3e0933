import { BROKEN, CONFIGURATIONS } from './configurations.ts';

/** A session of the demonstration: who answers, and what is asked. */
export interface DemoSession {
  readonly name: string;
  /** Name of its configuration; the default without one. */
  readonly configuration?: string;
  readonly questions: readonly string[];
  /** The last question is asked once more, as another version of its turn. */
  readonly again?: boolean;
  readonly pinned?: boolean;
  readonly archived?: boolean;
}

const by = (provider: string): string | undefined =>
  CONFIGURATIONS.find((configuration) => configuration.provider === provider)?.name;

/** Oldest first: the last one stands on top of the list. */
export const SESSIONS: readonly DemoSession[] = [
  { name: '去年的巡检记录', questions: ['检查一下这台主机的磁盘'], archived: true },
  { name: '问候', configuration: by('moonshot'), questions: ['你好'] },
  { name: 'Hello from vLLM', configuration: by('vllm'), questions: ['Hello, what can you do?'] },
  { name: '日志清理脚本', configuration: by('zhipu'), questions: ['写一个清理日志的脚本', '再检查一下主机的磁盘'] },
  { name: 'SSE behind nginx', configuration: by('openai'), questions: ['How do I stop nginx from buffering SSE?'] },
  { name: '应急手册（长回答）', configuration: by('baidu'), questions: ['写一份故障应急手册'] },
  { name: 'A slow query', configuration: by('tongyi'), questions: ['Why is this SQL query slow?'] },
  { name: 'Pod 反复重启', configuration: by('doubao'), questions: ['生产环境的 Pod 反复重启，怎么排查？'] },
  { name: 'Host check with Ollama', configuration: by('ollama'), questions: ['Check the load and disk of this host'] },
  { name: '密钥失效的例子', configuration: BROKEN.name, questions: ['你好，能听到吗？'] },
  { name: '脚本的两个版本', questions: ['写一个找大日志的脚本'], again: true },
  {
    name: '主机巡检',
    questions: ['检查一下这台主机的负载和磁盘，有没有风险？', '那 Pod 反复重启怎么办？'],
    pinned: true,
  },
];
