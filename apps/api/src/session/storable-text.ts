/** PostgreSQL's text cannot hold NUL, which a model may write. */
export function storable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}
