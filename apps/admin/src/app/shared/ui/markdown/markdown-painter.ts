import type { Links, Token, Tokens } from 'marked';
import { frameBlocks } from './code-block.js';
import { highlight } from './highlighter.js';
import { blocksOf, htmlOf, normalized } from './markdown-parser.js';
import { sanitized } from './sanitizer.js';

/**
 * Shows a growing Markdown text in an element. Blocks that can change no more are rendered once and never touched again;
 * only the last block is read and rendered anew, and a last block of code only gets its new characters.
 */
export class MarkdownPainter {
  private text = '';
  private isOpen = true;
  /** Where the last block begins. */
  private closedEnd = 0;
  private links: Links = {};
  private openNodes: ChildNode[] = [];
  private openCode: { language: string; text: string; node: Text } | null = null;

  constructor(
    private readonly host: HTMLElement,
    /** Called with nodes that have just come into the page. */
    private readonly onNodes: (nodes: readonly ChildNode[]) => void = () => undefined,
  ) {}

  /** Shows the text; `isOpen` says that more may follow. */
  paint(source: string, isOpen: boolean): void {
    const text = normalized(source);
    if (text === this.text && isOpen === this.isOpen) return;
    const isSameText = text.startsWith(this.text) && (this.isOpen || !isOpen);
    if (!isSameText) this.reset();
    this.text = text;
    this.isOpen = isOpen;
    const blocks = this.readOn();
    if (!isOpen || !this.growCode(blocks)) this.show(blocks);
  }

  /** The blocks from the last open one on. */
  private readOn(): Token[] {
    const links = { ...this.links };
    const blocks = blocksOf(this.text.slice(this.closedEnd), links);
    // A link target that came late also serves the blocks before it, which were shown without it.
    if (this.isOpen || this.closedEnd === 0 || Object.keys(links).length === 0) return blocks;
    this.reset();
    return blocksOf(this.text, {});
  }

  private reset(): void {
    this.host.replaceChildren();
    this.links = {};
    this.openNodes = [];
    this.openCode = null;
    this.closedEnd = 0;
  }

  private show(blocks: Token[]): void {
    const firstOpen = this.isOpen ? lastBlock(blocks) : blocks.length;
    const closed = blocks.slice(0, firstOpen);
    for (const node of this.openNodes) node.remove();
    this.append(closed).forEach(colour);
    this.openNodes = this.append(blocks.slice(firstOpen));
    this.closedEnd += lengthOf(closed);
    for (const block of closed) if (isLinkTarget(block)) this.links[block.tag] ??= block;
    this.openCode = this.isOpen ? this.codeToGrow(blocks[firstOpen]) : null;
  }

  private append(blocks: Token[]): ChildNode[] {
    if (blocks.length === 0) return [];
    const fragment = sanitized(htmlOf(blocks));
    frameBlocks(fragment);
    const nodes = [...fragment.childNodes];
    this.host.append(fragment);
    this.onNodes(nodes);
    return nodes;
  }

  private growCode(blocks: Token[]): boolean {
    const [block, ...others] = blocks;
    const open = this.openCode;
    if (!open || !isCode(block) || others.some(({ type }) => type !== 'space')) return false;
    if ((block.lang ?? '') !== open.language || !block.text.startsWith(open.text)) return false;
    open.node.data = `${block.text}\n`;
    open.text = block.text;
    return true;
  }

  private codeToGrow(block: Token | undefined): typeof this.openCode {
    if (!isCode(block)) return null;
    const node = this.host.lastElementChild?.querySelector('code')?.firstChild;
    return node instanceof Text ? { language: block.lang ?? '', text: block.text, node } : null;
  }
}

function isCode(block: Token | undefined): block is Tokens.Code {
  return block?.type === 'code';
}

function isLinkTarget(block: Token): block is Tokens.Def {
  return block.type === 'def';
}

/** The index of the last block that is more than empty lines: it alone can still change. */
function lastBlock(blocks: readonly Token[]): number {
  return Math.max(
    0,
    blocks.findLastIndex(({ type }) => type !== 'space'),
  );
}

function lengthOf(blocks: readonly Token[]): number {
  return blocks.reduce((length, { raw }) => length + raw.length, 0);
}

function colour(node: ChildNode): void {
  if (!(node instanceof Element)) return;
  for (const code of node.querySelectorAll('pre > code')) void highlight(code);
}
