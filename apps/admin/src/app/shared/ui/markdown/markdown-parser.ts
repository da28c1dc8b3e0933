import { Lexer, Marked, type Links, type Token } from 'marked';

const LEAST_HEADING = 6;
/** The page and the conversation take the first two levels. */
const HEADING_SHIFT = 2;

/** Markdown as models write it. Raw HTML is not a thing here: it stays the text it is; an image becomes a link to itself. */
const markdown = new Marked({
  gfm: true,
  breaks: true,
  tokenizer: { html: () => undefined, tag: () => undefined },
  renderer: {
    html: ({ text }) => escaped(text),
    image: ({ href, text }) => `<a href="${escaped(href)}">${escaped(text || href)}</a>`,
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    heading({ tokens, depth }) {
      const level = Math.min(LEAST_HEADING, depth + HEADING_SHIFT);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
  },
});

/** One line end for all, so that the lengths of the blocks add up to the length of the text. */
export function normalized(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Cuts a text into its blocks. Link targets defined in it are added to `links`, those there already are used. */
export function blocksOf(text: string, links: Links): Token[] {
  const lexer = new Lexer(markdown.defaults);
  lexer.tokens.links = links;
  return lexer.lex(text);
}

/** HTML of some blocks, which nobody may show before it went through `sanitized`. */
export function htmlOf(blocks: Token[]): string {
  return markdown.parser(blocks);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
