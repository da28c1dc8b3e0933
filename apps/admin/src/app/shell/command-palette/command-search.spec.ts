import { loadPinyin } from '../../shared/data/pinyin.js';
import type { Command } from '../../shared/data/commands.js';
import { CommandSearch } from './command-search.js';

const command = (title: string, facts: Partial<Command> = {}): Command => ({
  ...{ id: title, kind: 'page', title, run: () => undefined },
  ...facts,
});
const ALL = [
  command('会话'),
  command('模型配置'),
  command('重庆机房', { kind: 'session' }),
  command('DeepSeek main', { kind: 'config', note: 'deepseek-chat' }),
  command('Main database', { kind: 'session' }),
];

describe('CommandSearch', () => {
  const titles = async (query: string, recent: string[] = []): Promise<string[]> =>
    new CommandSearch(await loadPinyin()).find(ALL, query, recent).map(({ title }) => title);

  it('finds by part of the title, its start first', async () => {
    expect(await titles('main')).toEqual(['Main database', 'DeepSeek main']);
    expect(await titles('型配')).toEqual(['模型配置']);
  });

  it('finds by the note and by letters in order', async () => {
    expect(await titles('deepseek-chat')).toEqual(['DeepSeek main']);
    expect(await titles('dpm')).toEqual(['DeepSeek main']);
  });

  it('finds by pinyin, whole and by initials', async () => {
    expect(await titles('mxpz')).toEqual(['模型配置']);
    expect(await titles('moxing')).toEqual(['模型配置']);
    expect(await titles('chongqing')).toEqual(['重庆机房']);
    expect(await titles('hh')).toEqual(['会话']);
  });

  it('shows the last used first and finds nothing for nonsense', async () => {
    expect((await titles('', ['重庆机房']))[0]).toBe('重庆机房');
    expect((await titles('main', ['DeepSeek main']))[0]).toBe('Main database');
    expect(await titles('zzzz')).toEqual([]);
  });
});
