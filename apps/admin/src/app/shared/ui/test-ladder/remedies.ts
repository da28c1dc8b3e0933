import type { TestRemedyDto } from '@opsagent/contracts';

type Translate = (key: string, values: Record<string, unknown>) => string;

const LINKS = ['open_key_page', 'open_billing_page', 'open_docs'];
const NOTES = ['allow_address', 'trust_certificate', 'wait'];

/** It opens a page of the provider's. */
export function isLink({ action, value }: TestRemedyDto): boolean {
  return LINKS.includes(action) && /^https?:/.test(value ?? '');
}

/** It says what to do where the console itself can do nothing. */
export function isNote(remedy: TestRemedyDto): boolean {
  return NOTES.includes(remedy.action) || (LINKS.includes(remedy.action) && !isLink(remedy));
}

/** The remedy as a button, a link or a note says it. */
export function labelOf({ action, value }: TestRemedyDto, translate: Translate): string {
  return translate('test.remedy.' + action, { value: wordOf(action, value ?? '', translate) });
}

function wordOf(action: string, value: string, translate: Translate): string {
  if (action === 'use_provider') return translate('providers.' + value, {});
  if (action === 'use_kind') return translate('test.kind.' + value, {});
  return value;
}
