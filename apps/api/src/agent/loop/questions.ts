import { ASK_USER } from '../tools/ask-user.js';
import type { Observed } from './run-step.js';

/** What the agent asks its user, as the end of the answer; undefined when it asks nothing. */
export function questionsOf(observed: readonly Observed[]): string | undefined {
  const asked = observed.filter(({ call, state }) => call.name === ASK_USER.name && state === 'succeeded');
  if (asked.length === 0) return undefined;
  const texts = asked.map(({ text }) => JSON.parse(text) as { question: string; options?: string[] });
  const told = texts.map(({ question, options = [] }) =>
    [question, ...options.map((option) => `- ${option}`)].join('\n'),
  );
  return `\n\n${told.join('\n\n')}`;
}
