import type { McpServerDto } from '@opsagent/contracts';
import { createInput, draftOf, EMPTY_ROW, missingIn, updateInput } from './mcp-draft.js';

const stored = {
  ...{ name: 'github', description: 'd', environment: 'production', transport: 'http', url: 'https://mcp.example/' },
  ...{ command: null, args: [], headers: ['Authorization', 'X-Team'], variables: [], is_active: true },
} as unknown as McpServerDto;

describe('the form of an MCP server', () => {
  it('comes back as it was stored; what is kept and not typed anew is not sent', () => {
    expect(updateInput(draftOf(stored))).toEqual({
      ...{ name: 'github', description: 'd', environment: 'production', is_active: true },
      url: 'https://mcp.example/',
    });
  });

  it('sends a header that was typed, forgets one that is to go, and leaves an empty line out', () => {
    const [authorization, team] = draftOf(stored).secrets;
    const secrets = [{ ...authorization, value: ' Bearer x ' }, { ...team, isForgotten: true }, EMPTY_ROW];
    expect(updateInput({ ...draftOf(stored), secrets }).headers).toEqual([
      { name: 'Authorization', value: 'Bearer x' },
      { name: 'X-Team', value: null },
    ]);
  });

  it('sends to a program what belongs to a program', () => {
    const draft = {
      ...draftOf(null),
      name: ' files ',
      transport: 'stdio' as const,
      command: '/bin/x',
      url: 'https://x',
    };
    const row = { ...EMPTY_ROW, name: 'TOKEN', value: 't' };
    expect(createInput({ ...draft, args: '--root\n/data\n', secrets: [row] })).toEqual({
      ...{ name: 'files', description: '', environment: '', transport: 'stdio', is_active: true },
      ...{ command: '/bin/x', args: ['--root', '/data'], variables: [{ name: 'TOKEN', value: 't' }] },
    });
  });

  it('names what is missing as the server does', () => {
    expect(missingIn(draftOf(null))).toEqual(['name', 'url']);
    expect(missingIn({ ...draftOf(null), transport: 'stdio' })).toEqual(['name', 'command']);
  });
});
