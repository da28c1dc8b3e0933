import createPurifier, { type Config } from 'dompurify';

const TEXT_TAGS = ['p', 'br', 'hr', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'em', 'strong', 'del', 'a'];
const CODE_TAGS = ['pre', 'code', 'span'];
const TABLE_TAGS = ['table', 'thead', 'tbody', 'tr', 'th', 'td'];

const RULES: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: ['#text', ...TEXT_TAGS, ...CODE_TAGS, ...TABLE_TAGS],
  ALLOWED_ATTR: ['href', 'class', 'start', 'align'],
  /** Everything else that carries a value is held to be an address. */
  ADD_URI_SAFE_ATTR: ['start', 'align'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};
const KNOWN_CLASS = /^(?:language-[\w+#.-]{1,40}|hljs-[\w-]+(?: [\w-]+_)*)$/;

const purifier = createPurifier(window);
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (!KNOWN_CLASS.test(node.getAttribute('class') ?? '')) node.removeAttribute('class');
  if (node.nodeName === 'A') guardLink(node);
});

/** The only way for HTML into the page: a closed set of elements, safe links, nothing that loads or runs. */
export function sanitized(html: string): DocumentFragment {
  return purifier.sanitize(html, RULES);
}

/** A link opens apart from the console and tells on hover where it really leads. */
function guardLink(link: Element): void {
  const url = URL.parse(link.getAttribute('href') ?? '');
  if (!url) return link.removeAttribute('href');
  link.setAttribute('title', url.protocol === 'mailto:' ? url.pathname : url.host);
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
}
