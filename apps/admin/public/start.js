/* global document, localStorage, location, navigator */
// Runs before the first paint: theme, density, language and the first frame are right from the first pixel on.
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
  if (/^\/(login|setup)(\/|$)/.test(location.pathname)) root.dataset.place = 'gate';
  if (read('oa.rail') === 'collapsed') root.dataset.rail = 'collapsed';
})();
