/** A configuration of the demonstration, as the API takes it, without its address. */
export interface DemoConfiguration {
  readonly name: string;
  readonly provider: string;
  readonly model_name: string;
  /** Where the simulator plays this provider. */
  readonly path: string;
}

const simulated = (name: string, provider: string, path: string, model_name = 'sim-demo'): DemoConfiguration => ({
  ...{ name: `${name}（模拟 simulated）`, provider, path, model_name },
});

/** Answers the way a provider refuses a key, so that a failure can be looked at too. */
export const BROKEN = simulated('OpenAI wrong key', 'openai', '/openai/v1', 'sim-401');

/** The default first, then one for each of the other providers. */
export const CONFIGURATIONS: readonly DemoConfiguration[] = [
  simulated('DeepSeek', 'deepseek', '/deepseek'),
  simulated('OpenAI', 'openai', '/openai/v1'),
  simulated('通义千问 Qwen', 'tongyi', '/tongyi/compatible-mode/v1'),
  simulated('Ollama', 'ollama', '/ollama'),
  simulated('vLLM', 'vllm', '/vllm/v1'),
  simulated('豆包 Doubao', 'doubao', '/doubao/api/v3'),
  simulated('智谱 Zhipu', 'zhipu', '/zhipu/api/paas/v4'),
  simulated('Moonshot', 'moonshot', '/moonshot/v1'),
  simulated('百度 Baidu', 'baidu', '/baidu/v2'),
  BROKEN,
];

export const DESCRIPTION =
  '演示用：由模拟器回答，不连接真实的模型。For demonstration: answered by a simulator, not by a model.';
