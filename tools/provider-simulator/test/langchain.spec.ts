import { ChatOllama } from '@langchain/ollama';
import { ChatOpenAICompletions } from '@langchain/openai';
import { expectedText, startSimulator, type Simulator } from '../simulator.ts';
import { TOOLS } from './client.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

function openAi(model: string): ChatOpenAICompletions {
  const configuration = { baseURL: `${simulator.url}/openai/v1` };
  return new ChatOpenAICompletions({ model, apiKey: 'sim-key', maxRetries: 0, configuration });
}

function ollama(model: string): ChatOllama {
  return new ChatOllama({ model, baseUrl: `${simulator.url}/ollama`, maxRetries: 0 });
}

async function streamed(
  model: ChatOpenAICompletions | ChatOllama,
): Promise<{ text: string; tokens: number | undefined }> {
  let text = '';
  let tokens: number | undefined;
  for await (const chunk of await model.stream('How is node-7?')) {
    text += chunk.text;
    tokens = chunk.usage_metadata?.output_tokens ?? tokens;
  }
  return { text, tokens };
}

describe('clients others wrote', () => {
  it.each([
    ['ChatOpenAICompletions', openAi],
    ['ChatOllama', ollama],
  ])('%s reads the stream and its usage', async (_, modelOf) => {
    expect(await streamed(modelOf('sim-text-40'))).toEqual({ text: expectedText('sim-text-40'), tokens: 40 });
  });

  it.each([
    ['ChatOpenAICompletions', openAi],
    ['ChatOllama', ollama],
  ])('%s reads the tool calls', async (_, modelOf) => {
    const answer = await modelOf('sim-tools').bindTools(TOOLS).invoke('How is node-7?');
    expect(answer.tool_calls?.map((call) => [call.name, call.args])).toEqual([
      ['host_inspect', {}],
      ['list_nodes', {}],
    ]);
  });

  it('ChatOpenAICompletions understands the refusals', async () => {
    await expect(openAi('sim-429').invoke('a')).rejects.toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    await expect(openAi('no-such-model').invoke('a')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });
});
