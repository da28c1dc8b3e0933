import { settingErrors, settingOf, withSetting } from './settings.js';

describe('the further settings in their JSON text', () => {
  it('are read by name and by path, and only their own', () => {
    expect(settingOf('{"timeouts": {"idle_ms": 5}}', 'timeouts.idle_ms')).toBe(5);
    expect(settingOf('', 'thinking')).toBeUndefined();
    expect(settingOf('{', 'thinking')).toBeUndefined();
    expect(settingOf('{"timeouts": {}}', 'timeouts.constructor')).toBeUndefined();
  });

  it('are changed without touching the others, and leave nothing empty behind', () => {
    const text = withSetting('{"seed": 1}', 'timeouts.idle_ms', 9);
    expect(JSON.parse(text)).toEqual({ seed: 1, timeouts: { idle_ms: 9 } });
    expect(JSON.parse(withSetting(text, 'timeouts.idle_ms', null))).toEqual({ seed: 1 });
    expect(withSetting('{"thinking": "on"}', 'thinking', null)).toBe('');
  });

  it('leave a text alone that is being typed', () => {
    expect(withSetting('{"seed": ', 'thinking', 'on')).toBe('{"seed": ');
  });

  it('are held to the server’s bounds', () => {
    const errors = settingErrors('{"thinking_budget": 0, "num_ctx": "much", "timeouts": {"total_ms": 86400001}}');
    expect(Object.fromEntries(errors)).toEqual({
      thinking_budget: { kind: 'min', min: 1 },
      num_ctx: { kind: 'isInt' },
      'timeouts.total_ms': { kind: 'max', max: 86_400_000 },
    });
  });

  it('want a whole price or none', () => {
    expect(settingErrors('{}').size).toBe(0);
    const errors = settingErrors('{"price": {"input": "1.2345678"}}');
    expect([...errors.keys()].sort()).toEqual(['price.currency', 'price.input', 'price.output']);
    expect(settingErrors('{"price": {"currency": "CNY", "input": "0.8", "output": 2}}').size).toBe(0);
  });
});
