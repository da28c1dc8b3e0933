import type { LlmConfigDto, LlmConfigUserDto } from '@opsagent/contracts';
import { previewOf } from './bulk-preview.js';

const config = (name: string, is_active = true, used_by: LlmConfigUserDto[] = []): LlmConfigDto =>
  ({ id: name, name, is_active, details: { used_by } }) as unknown as LlmConfigDto;
const sessions = (count: number): LlmConfigUserDto[] => [{ kind: 'sessions', count, examples: [] }];
const everything = (): boolean => true;

describe('what a bulk action would do', () => {
  it('leaves out what is in the wanted state already, and what is not ours', () => {
    const preview = previewOf('disable', [config('a'), config('b', false), config('c')], ({ name }) => name !== 'c');
    expect(preview.configs.map(({ name }) => name)).toEqual(['a']);
    expect(preview).toMatchObject({ settled: 1, foreign: 1, inUse: [] });
  });

  it('adds up what uses those it would disable', () => {
    const chosen = [config('a', true, sessions(2)), config('b', true, sessions(3)), config('c', false, sessions(9))];
    expect(previewOf('disable', chosen, everything).uses).toEqual(new Map([['sessions', 5]]));
  });

  it('keeps what is in use from a deletion unless that is forced, and says what uses it', () => {
    const preview = previewOf('delete', [config('a', true, sessions(2)), config('b', false)], everything);
    expect(preview.configs.map(({ name }) => name)).toEqual(['b']);
    expect(preview.inUse.map(({ name }) => name)).toEqual(['a']);
    expect(preview.uses).toEqual(new Map([['sessions', 2]]));
  });

  it('says that the default is among them, and counts that as a use', () => {
    const standard = { ...config('a'), is_default: true };
    expect(previewOf('disable', [standard], everything)).toMatchObject({ hasDefault: true, inUse: [] });
    expect(previewOf('delete', [standard], everything).inUse).toEqual([standard]);
    expect(previewOf('test', [standard], everything).hasDefault).toBe(false);
  });

  it('tests and tags whatever state they are in', () => {
    expect(previewOf('test', [config('a'), config('b', false)], everything).configs).toHaveLength(2);
    expect(previewOf('tag', [config('a'), config('b', false)], everything).configs).toHaveLength(2);
  });
});
