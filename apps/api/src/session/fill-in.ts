/** Puts values in the place of `{{variable}}`; a variable without a value stays as it is written. */
export function fillIn(text: string, values: Readonly<Record<string, unknown>>): string {
  if (!text.includes('{{')) return text;
  return text.replaceAll(/\{\{\s*([a-zA-Z_]\w*)\s*\}\}/g, (written, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : written,
  );
}
