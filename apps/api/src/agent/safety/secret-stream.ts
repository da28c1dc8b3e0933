import { withoutSecrets } from './secrets.js';

/** A line that is longer is let go in pieces that overlap no word. */
const LONGEST_HELD = 8_192;
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const KEY_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/** Takes secrets out of a text that comes in pieces: a line is let go when it is whole, a private key never. */
export class SecretStream {
  private held = '';
  private isInKey = false;

  /** @returns what can be shown by now */
  add(piece: string): string {
    this.held += piece;
    const end = this.held.lastIndexOf('\n') + 1;
    const cut = end > 0 ? end : this.held.length > LONGEST_HELD ? wordEnd(this.held) : 0;
    const whole = this.held.slice(0, cut);
    this.held = this.held.slice(cut);
    return this.safe(whole);
  }

  /** @returns the rest */
  end(): string {
    const rest = this.held;
    this.held = '';
    return this.safe(rest);
  }

  private safe(text: string): string {
    if (text === '') return '';
    let rest = text;
    if (this.isInKey) {
      const end = KEY_END.exec(rest);
      if (!end) return '';
      this.isInKey = false;
      rest = rest.slice(end.index + end[0].length);
    }
    const open = openKeyIn(rest);
    if (open !== undefined) {
      this.isInKey = true;
      return `${withoutSecrets(rest.slice(0, open))}[redacted]\n`;
    }
    return withoutSecrets(rest);
  }
}

/** Where a private key begins that does not end in this text. */
function openKeyIn(text: string): number | undefined {
  let from = 0;
  for (;;) {
    const begin = PRIVATE_KEY.exec(text.slice(from));
    if (!begin) return undefined;
    const at = from + begin.index;
    const end = KEY_END.exec(text.slice(at));
    if (!end) return at;
    from = at + end.index + end[0].length;
  }
}

/** A secret has no blank inside, so that none is cut there; without a blank all of it goes. */
function wordEnd(text: string): number {
  const blank = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'));
  return blank > 0 ? blank : text.length;
}
