import type { ToolSourceDto, ToolSourceKindDto } from '@opsagent/contracts';
import { createInput, draftOf, missingIn, updateInput } from './source-draft.js';

const prometheus: ToolSourceKindDto = {
  ...{ kind: 'prometheus', required: ['url'], optional: ['username', 'port', 'paths'], secrets: ['password', 'token'] },
};

const stored = {
  ...{ name: 'prom', kind: 'prometheus', description: 'd', environment: 'production', is_active: true },
  settings: { url: 'http://prom:9090', port: 9090, paths: ['/a', '/b'] },
  secrets: ['token'],
} as ToolSourceDto;

describe('the form of a source', () => {
  it('comes back as it was stored, without any secret', () => {
    const draft = draftOf(stored, 'alertmanager');
    expect(draft).toMatchObject({ kind: 'prometheus', settings: { port: '9090', paths: '/a\n/b' }, secrets: {} });
    expect(updateInput(draft, prometheus)).toEqual({
      ...{ name: 'prom', description: 'd', environment: 'production', is_active: true },
      settings: { url: 'http://prom:9090', port: 9090, paths: ['/a', '/b'] },
    });
  });

  it('sends a secret that was typed, forgets one that is to go, and leaves the others alone', () => {
    const draft = draftOf(stored, 'prometheus');
    expect(updateInput({ ...draft, secrets: { password: 'p' } }, prometheus).secrets).toEqual({ password: 'p' });
    expect(updateInput({ ...draft, forgotten: ['token'] }, prometheus).secrets).toEqual({ token: null });
    const both = { ...draft, forgotten: ['token' as const], secrets: { token: 'new' } };
    expect(updateInput(both, prometheus).secrets).toEqual({ token: 'new' });
  });

  it('sends nothing that belongs to another kind', () => {
    const draft = { ...draftOf(null, 'prometheus'), name: ' x ', settings: { url: ' http://x ', database: 'd' } };
    expect(createInput(draft, prometheus)).toMatchObject({ name: 'x', settings: { url: 'http://x' } });
    expect(createInput(draft, prometheus).settings).not.toHaveProperty('database');
  });

  it('names what is missing as the server does', () => {
    expect(missingIn(draftOf(null, 'prometheus'), prometheus)).toEqual(['name', 'settings.url']);
  });
});
