import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LLM_PROVIDER } from '../../libs/contracts/src/llm-config/llm-provider.ts';

const root = join(import.meta.dirname, '../..');

/** Where a provider is named: its descriptor, the closed set, its sign, its names, and what plays it in tests. */
const AT_HOME = [
  /^apps\/api\/src\/llm-config\/providers\//,
  /^libs\/contracts\/src\/llm-config\/llm-provider\.ts$/,
  /^apps\/admin\/src\/app\/shared\/(ui\/provider-mark|i18n\/(zh-cn|en))\.ts$/,
  /catalogue/,
  /^apps\/api\/src\/llm-config\/templates\/built-in-templates\.ts$/,
  // What other programs call them.
  /^apps\/api\/src\/llm-config\/transfer\/sources\//,
  /\.(db-|e2e-)?spec\.ts$/,
  /\/test-server\.ts$/,
];

/** Names of wires are names of providers, too; and Ollama alone can be found on this machine without being told. */
const REASONS: Readonly<Record<string, RegExp>> = {
  'apps/api/src/llm-config/embedder.adapter.ts': /wire === 'ollama'/,
  'apps/api/src/llm-config/model-lists.ts': /wire === 'ollama'/,
  // Speech is spoken on that wire alone.
  'apps/api/src/llm-config/llm-config-kinds.ts': /wire === 'openai'/,
  'apps/api/src/llm-config/speech/speech.ts': /wire !== 'openai'/,
  'apps/api/src/llm-config/rules/base-url.ts': /^ {2}(openai|ollama): \//,
  'apps/api/src/llm-config/wire/wire-paths.ts': /^ {2}(openai|ollama): \{/,
  'apps/api/src/llm-config/wire/model-wires.ts': /= \{ openai: OpenAiWire, ollama: OllamaWire \}/,
  'apps/api/src/llm-config/first-start/first-llm-configs.ts': /provider: 'ollama'|ollama: LocalOllama/,
  'apps/api/src/llm-config/first-start/local-ollama.ts': /provider: 'ollama'/,
  'apps/admin/src/app/setup/model-step.html': /'ollama'/,
  'apps/admin/src/app/setup/model-step.ts': /'ollama'|'openai' satisfies LlmProvider/,
  'apps/admin/src/app/setup/found-models.ts': /['"]ollama['"]/,
  'apps/admin/src/app/llm-config/ui/llm-config-table.ts': /'ollama' \|\| config.provider === 'vllm'/,
  // Only its native wire has a context size.
  'apps/admin/src/app/llm-config/ui/llm-config-form.html': /\[hasNumCtx\]/,
  // What an empty form begins with.
  'apps/admin/src/app/llm-config/llm-config-draft.ts': /provider: 'openai'/,
  'apps/admin/src/app/llm-config/llm-config-edit-page.ts': /'openai' satisfies LlmProvider/,
  // Examples in the API document.
  'libs/contracts/src/llm-config/create-llm-config.dto.ts': /example:/,
};

const ids = LLM_PROVIDER.values.join('|');
const named = new RegExp(`['"\`](${ids})['"\`]|(^|[{,\\s])(${ids}): `);

it('names providers nowhere but in descriptors, the closed set, signs, translations and tests', () => {
  const files = globSync('{apps,libs}/*/src/**/*.{ts,html}', { cwd: root });
  const strangers = files
    .filter((file) => !AT_HOME.some((place) => place.test(file)))
    .flatMap((file) => linesOf(file).map((line) => ({ file, line })))
    .filter(({ file, line }) => named.test(line) && !REASONS[file]?.test(line))
    .map(({ file, line }) => `${file}: ${line.trim()}`);
  expect(files.length).toBeGreaterThan(300);
  expect(strangers).toEqual([]);
});

function linesOf(file: string): string[] {
  return readFileSync(join(root, file), 'utf8').split('\n');
}
