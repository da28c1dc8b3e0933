import type { MessageDto, SessionDto } from '@opsagent/contracts';

/** The words around an exported conversation, in the reader's language. */
export interface ExportWords {
  readonly question: string;
  readonly answer: string;
  readonly unnamed: string;
}

/** What a reader sees of a conversation, as one Markdown text; reasoning and tool output stay out. */
export function asMarkdown(session: SessionDto, messages: readonly MessageDto[], words: ExportWords): string {
  const turns = messages.map(
    ({ query, answer, model_name, created_at, error }) =>
      `## ${words.question} · ${created_at}\n\n${query}\n\n` +
      `## ${words.answer} · ${model_name ?? '-'}\n\n${answer}${error ? `\n\n> ${error.detail}` : ''}\n`,
  );
  return [`# ${oneLine(session.session_name) || words.unnamed}\n`, ...turns].join('\n');
}

/** The conversation as the API tells it, for programs. */
export function asJson(session: SessionDto, messages: readonly MessageDto[]): string {
  return `${JSON.stringify({ session, messages }, null, 2)}\n`;
}

/** A name that every file system takes. */
export function fileName(session: SessionDto, extension: string, now = new Date()): string {
  const name = oneLine(session.session_name)
    .replace(/[\p{C}\\/:*?"<>|.]+/gu, ' ')
    .trim()
    .replace(/ +/g, '-')
    .slice(0, 60);
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${name || 'session'}-${day.join('-')}.${extension}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
