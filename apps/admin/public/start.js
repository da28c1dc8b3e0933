/* global document, localStorage, location, navigator */
// Runs before the first paint: theme, density, language and the first frame are right from the first pixel on, and the code
// of the page that opens first is asked for at once.
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const root = document.documentElement;
  const theme = read('oa.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const language = read('oa.language') ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  root.lang = language === 'en' ? 'en' : 'zh-CN';
  if (read('oa.density') === 'comfortable') root.dataset.density = 'comfortable';
  if (/^\/(login|setup|invitation)(\/|$)/.test(location.pathname)) root.dataset.place = 'gate';
  if (read('oa.rail') === 'collapsed') root.dataset.rail = 'collapsed';

  // Written by tools/first-chunks.mjs; a development build has none.
  const written = document.querySelector('meta[name="oa-first-chunks"]')?.content;
  if (!written) return;
  const chunks = JSON.parse(written);
  const page = location.pathname === '/' ? '/overview' : (/^\/[a-z]+/.exec(location.pathname)?.[0] ?? '');
  const isGate = root.dataset.place === 'gate';
  const ask = (link) => document.head.append(Object.assign(document.createElement('link'), link));
  const parts = [root.lang, isGate ? '' : 'shell', page, `${page} ${root.lang}`];
  for (const href of new Set(parts.flatMap((part) => chunks[part] ?? []))) ask({ rel: 'modulepreload', href });
  // Who this is decides what is shown, on every page behind the sign-in.
  if (!isGate) ask({ rel: 'preload', as: 'fetch', href: '/api/me', crossOrigin: 'anonymous' });
})();
