/** The form reader refuses longer heads. */
const LONGEST_HEAD = 16 * 1024;

/** What the head of a form's `file` says, which the form reader keeps to itself. */
export class FileHead {
  /** The part says of which media type it is: the reader takes silence for plain text. */
  isTyped = true;
  /** The part has a file name, even an empty one: the reader takes that for a plain field. */
  isNamed = false;
  private readonly mark: string;
  private recent: Buffer | null = Buffer.alloc(0);

  constructor(contentType: string) {
    const [, quoted, bare = ''] = /\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
    this.mark = `--${Buffer.from(quoted ?? bare).toString('latin1')}\r\n`;
  }

  /** Takes the bytes of the form before its reader does, until the head is found. */
  add(bytes: Buffer): void {
    if (this.recent === null) return;
    this.recent = Buffer.concat([this.recent.subarray(-LONGEST_HEAD), bytes]);
    const [, ...parts] = this.recent.toString('latin1').split(this.mark);
    const head = parts
      .map((part) => part.split('\r\n\r\n', 2))
      .find(([text = '', rest]) => rest !== undefined && isFile(text));
    if (!head) return;
    this.isTyped = /^content-type[ \t]*:/im.test(head[0] ?? '');
    this.isNamed = /;\s*filename\*?\s*=/i.test(head[0] ?? '');
    this.recent = null;
  }
}

function isFile(head: string): boolean {
  return /^content-disposition\s*:.*;\s*name\s*=\s*"?file"?\s*(;|$)/im.test(head);
}
