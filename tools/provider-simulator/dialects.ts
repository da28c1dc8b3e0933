/** How one provider's address behaves on the OpenAI wire. */
export interface Dialect {
  readonly prefix: string;
  /** Calls without the simulator's key are refused. */
  readonly needsKey: boolean;
  readonly reasoningField: 'reasoning_content' | 'reasoning';
  /** Top-level parameters nobody knows are refused, not ignored. */
  readonly refusesUnknown: boolean;
}

const ORDINARY = { needsKey: true, reasoningField: 'reasoning_content', refusesUnknown: false } as const;
const KEYLESS = { needsKey: false, reasoningField: 'reasoning', refusesUnknown: false } as const;

/** The path prefixes of the OpenAI wire, one per provider. */
export const DIALECTS: readonly Dialect[] = [
  { ...ORDINARY, prefix: '/openai/v1', refusesUnknown: true },
  { ...ORDINARY, prefix: '/deepseek' },
  { ...ORDINARY, prefix: '/tongyi/compatible-mode/v1' },
  { ...KEYLESS, prefix: '/ollama/v1' },
  { ...KEYLESS, prefix: '/vllm/v1' },
  { ...ORDINARY, prefix: '/doubao/api/v3' },
  { ...ORDINARY, prefix: '/zhipu/api/paas/v4' },
  { ...ORDINARY, prefix: '/moonshot/v1' },
  { ...ORDINARY, prefix: '/baidu/v2' },
];

/** The prefix of Ollama's native wire. */
export const OLLAMA_PREFIX = '/ollama';
