import { browserOf } from './browser-name.js';

describe('browserOf', () => {
  it('names browser and system as people know them', () => {
    const chrome =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
    expect(browserOf(chrome)).toBe('Chrome 140 · Windows');
    expect(browserOf(`${chrome} Edg/140.0.0.0`)).toBe('Edge 140 · Windows');
    expect(browserOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 15.5; rv:143.0) Gecko/20100101 Firefox/143.0')).toBe(
      'Firefox 143 · macOS',
    );
    expect(
      browserOf(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      ),
    ).toBe('Safari 18 · iOS');
  });

  it('shows what calls itself something else as it does', () => {
    expect(browserOf('curl/8.5.0')).toBe('curl/8.5.0');
    expect(browserOf(null)).toBeNull();
  });
});
