import type { LlmConfigDto } from '@opsagent/contracts';

/** The tags of a text in which commas of either kind stand between them; each once. */
export function tagsIn(text: string): string[] {
  return [...new Set(text.split(/[,，、]/).map((tag) => tag.trim()))].filter((tag) => tag !== '');
}

/** Every tag in use, in the order of the language. */
export function tagsOf(configs: readonly LlmConfigDto[], language: string): readonly string[] {
  const tags = new Set(configs.flatMap(({ details }) => details?.tags ?? []));
  return [...tags].sort(new Intl.Collator(language, { numeric: true }).compare);
}
