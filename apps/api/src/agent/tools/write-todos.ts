import type { AgentTool } from './agent-tool.js';

interface Todo {
  text: string;
  state: 'pending' | 'in_progress' | 'done';
}

/** The agent's own plan, shown beside its answer. */
export const WRITE_TODOS: AgentTool<{ todos: Todo[] }> = {
  name: 'write_todos',
  description:
    'Writes down your plan for a task of three or more steps, and later its progress. Give the whole list every time. Not for simple questions.',
  parameters: {
    type: 'object',
    properties: {
      todos: {
        type: 'array',
        minItems: 1,
        maxItems: 20,
        items: {
          type: 'object',
          properties: {
            text: { type: 'string', description: 'What is to be done, in a few words.', maxLength: 200 },
            state: { type: 'string', enum: ['pending', 'in_progress', 'done'] },
          },
          required: ['text', 'state'],
          additionalProperties: false,
        },
      },
    },
    required: ['todos'],
    additionalProperties: false,
  },
  risk: 'read',
  label: { en: 'Plan', zh: '制定计划' },

  run({ todos }) {
    const left = todos.filter(({ state }) => state !== 'done').length;
    return Promise.resolve({ status: 'ok', left, todos });
  },
};
