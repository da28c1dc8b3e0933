import type { AgentTool } from './agent-tool.js';

interface AskUserInput {
  question: string;
  options?: string[];
}

/** A question to the user; it ends the answer, and the next message goes on. */
export const ASK_USER: AgentTool<AskUserInput> = {
  name: 'ask_user',
  description:
    'Asks the user one question that only they can answer, and ends this answer with it. Only when you cannot go on without it, and never to have something allowed: that is asked by itself.',
  parameters: {
    type: 'object',
    properties: {
      question: { type: 'string', maxLength: 2_000, description: 'The question, in the language of the user.' },
      options: {
        type: 'array',
        minItems: 2,
        maxItems: 6,
        items: { type: 'string', maxLength: 200 },
        description: 'Answers to choose from, where there are few.',
      },
    },
    required: ['question'],
    additionalProperties: false,
  },
  risk: 'read',
  label: { en: 'Ask you', zh: '向你提问' },

  run: ({ question, options }) => Promise.resolve({ status: 'ok', question, ...(options ? { options } : {}) }),
};
