import { plainOf } from './plain-text.js';

describe('a text without marks of Markdown', () => {
  it.each([
    ['1. 找到分区：\n\n   ```sh\n   df -h\n   ```\n2. **慢** [看](https://a.example)', '找到分区： df -h 慢 看'],
    ['## A\n> b\n- c\n* __d__ _e_', 'A b c d e'],
    ['| a | b |\n|---|:--|\n| 1 | 2 |', '| a | b | | 1 | 2 |'],
  ])('reads %j as %j', (markdown, plain) => {
    expect(plainOf(markdown)).toBe(plain);
  });

  it('keeps what commands and names are made of', () => {
    const kept = 'SET max_connections; ls /var/log/*.log *.txt | sort; x > y - z __init__.py a_ - [0-9] #1';
    expect(plainOf(kept)).toBe(kept.replace('__init__', 'init').replace('a_', 'a'));
  });

  it('takes no longer for marks without end', () => {
    const begun = performance.now();
    for (const mark of ['[', '`', '_', '|-', '-|', '[](', ' ', '\n', '1', '*', '-', '| --'])
      plainOf(mark.repeat(50_000));
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
