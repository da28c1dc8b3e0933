import { RunbookNotFound } from '../../runbooks/runbook.errors.js';
import type { RunbookReader } from '../../runbooks/runbook-reader.js';
import type { AgentTool, ToolResult } from '../agent-tool.js';

const USUAL = 5;
const MOST = 20;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface RunbookSearchInput {
  query: string;
  limit?: number;
}

/** Looks into the runbooks. */
export function runbookSearch(runbooks: RunbookReader): AgentTool<RunbookSearchInput> {
  return {
    name: 'runbook_search',
    description:
      'Searches the runbooks of this organisation: how its people find out about a problem, and what they do then. Ask for the symptom and the system in a few words, in the language of the runbooks. Answers the sections that fit best, with title, path of headings, text and when it was last changed. Given the id of a runbook that was found, it answers that one as a whole.',
    parameters: {
      type: 'object',
      properties: {
        query: {
          type: 'string',
          maxLength: 400,
          description: 'What to look for, for example `磁盘空间不足` or `nginx 502`; or the id of a runbook.',
        },
        limit: { type: 'integer', description: `How many sections, 1 to ${MOST}; ${USUAL} when left out.` },
      },
      required: ['query'],
      additionalProperties: false,
    },
    risk: 'read',
    label: { en: 'Search runbooks', zh: '查阅运维手册' },

    async run({ query, limit = USUAL }) {
      const words = query.trim();
      if (words === '') return { status: 'error', message: 'query is empty: say what to look for.' };
      if (limit < 1 || limit > MOST) return { status: 'error', message: `limit must be from 1 to ${MOST}.` };
      return ID.test(words) ? whole(runbooks, words) : found(runbooks, words, limit);
    },
  };
}

async function found(runbooks: RunbookReader, query: string, limit: number): Promise<ToolResult> {
  const sections = await runbooks.find(query, limit);
  if (sections.length === 0) {
    return { status: 'no_data', message: 'No runbook fits; other words may find one.', query };
  }
  return {
    ...{ status: 'ok', query },
    sections: sections.map(({ runbookId, title, path, text, updatedAt }) => ({
      ...{ runbook: runbookId, title, path: path.join(' > '), text, updated: updatedAt.toISOString() },
    })),
  };
}

async function whole(runbooks: RunbookReader, id: string): Promise<ToolResult> {
  try {
    const { title, tags, body, updatedAt } = await runbooks.read(id);
    return { ...{ status: 'ok', query: id, title, tags }, text: body, updated: updatedAt.toISOString() };
  } catch (error) {
    if (!(error instanceof RunbookNotFound)) throw error;
    return { status: 'no_data', message: 'There is no such runbook; search for it first.', query: id };
  }
}
