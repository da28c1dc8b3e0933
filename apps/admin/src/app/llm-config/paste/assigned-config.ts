import { baseOf, realKey } from './curl-config.js';
import type { FoundConfig, KnownProvider } from './pasted-config.js';

/** `NAME=value` of a file or any shell, `name: value` of YAML, `name="value"` in a call: one a line, or between commas. */
const ASSIGNMENT =
  /(?:^|[\s,({;])(?:export\s+|set\s+|setx\s+|\$env:)?["']?([A-Za-z_][\w.-]*)["']?\s*[:=]\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|([^\s,;(){}"']+))/g;

const KEY = /^(.*_)?(api_?key|api_?token|auth_?token)$/i;
const ADDRESS = /^(.*_)?(base_?url|api_?base|api_?url|endpoint|host|openai_?api_?base)$/i;
const MODEL = /^(.*_)?(model|model_?name|model_?id|deployment)$/i;

/** What the assignments of a text say about an endpoint; null when they say nothing of one. */
export function ofAssignments(text: string, providers: readonly KnownProvider[]): FoundConfig | null {
  const found: FoundConfig = {};
  for (const [, name = '', ...quoted] of text.matchAll(ASSIGNMENT)) {
    const value = (quoted.find((part) => part !== undefined) ?? '').trim();
    if (KEY.test(name)) takeKey(found, name, value, providers);
    else if (ADDRESS.test(name)) found.base_url ??= baseOf(value);
    else if (MODEL.test(name) && value !== '') found.model_name ??= value;
  }
  return Object.values(found).some((value) => value !== undefined) ? withoutHoles(found) : null;
}

/** The first key counts; a variable of a known name says whose it is. */
function takeKey(found: FoundConfig, name: string, value: string, providers: readonly KnownProvider[]): void {
  const key = realKey(value);
  if (key === undefined || found.api_key !== undefined) return;
  found.api_key = key;
  found.provider = providers.find(({ key_variable }) => key_variable === name.toUpperCase())?.id;
}

function withoutHoles(found: FoundConfig): FoundConfig {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
