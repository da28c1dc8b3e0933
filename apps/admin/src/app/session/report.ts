import type { ApprovalDto, MessageDto, SessionDto, StepDto } from '@opsagent/contracts';
import { withoutSecrets } from '@opsagent/contracts/secrets';
import { prettyJson, visibleText } from '../shared/data/visible-text.js';
import { resultParts } from './step-result.js';
import { turnOf as viewOf } from './turn.js';

/** The longest result that a report repeats; the whole of it stays in the session. */
const MOST_CHARACTERS = 2_000;

/** What a hand-over report is made of. */
export interface ReportFacts {
  readonly session: SessionDto;
  readonly messages: readonly MessageDto[];
  readonly approvals: readonly ApprovalDto[];
  readonly author: string;
  readonly madeAt: string;
}

/** The words around the facts, in the reader's language. */
export interface ReportWords {
  text(key: string, facts?: Record<string, string | number>): string;
  /** A name with what divides it from what follows. */
  named(name: string): string;
  label(label: StepDto['label']): string;
  state(state: StepDto['state']): string;
  ending(approval: ApprovalDto): string;
  moment(iso: string): string;
  duration(ms: number): string;
}

/**
 * What was asked, done, found and allowed, in the order of time, as Markdown for whoever takes over. What looks like a secret is
 * masked, whoever wrote it.
 */
export function reportOf(facts: ReportFacts, words: ReportWords): string {
  const approvals = new Map(facts.approvals.map((approval) => [approval.step_id, approval]));
  const parts = [
    `# ${words.text('heading', { name: oneLine(facts.session.session_name) || words.text('unnamed') })}`,
    headOf(facts, words),
    `## ${words.text('conclusion')}`,
    conclusionOf(facts.messages) || words.text('noConclusion'),
    `## ${words.text('timeline')}`,
    ...facts.messages.flatMap((message) => turnOf(message, approvals, words)),
    ...approvalsOf(facts.approvals, words),
  ];
  return `${withoutSecrets(parts.join('\n\n'))}\n`;
}

function headOf({ session, messages, approvals, author, madeAt }: ReportFacts, words: ReportWords): string {
  const steps = messages.reduce((sum, message) => sum + message.steps.length, 0);
  const models = [...new Set(messages.flatMap(({ model_name: name }) => name ?? []))];
  const lines: [string, string][] = [
    ['begun', words.moment(session.created_at)],
    ['made', `${words.moment(madeAt)} · ${author}`],
    ['models', models.join(', ') || '-'],
    ['counts', words.text('counted', { turns: messages.length, steps, approvals: approvals.length })],
  ];
  return lines.map(([key, value]) => `- ${words.named(words.text(key))}${oneLine(value)}`).join('\n');
}

/** What the last finished answer says after its last step. */
function conclusionOf(messages: readonly MessageDto[]): string {
  const last = messages.findLast(({ status, answer }) => status === 'finished' && answer.trim() !== '');
  if (!last) return '';
  const thought = last.steps.reduce((rest, { thought: said }, index, steps) => {
    const isFirstOfRound = steps[index - 1]?.round !== steps[index]?.round;
    return isFirstOfRound && said !== '' && rest.startsWith(said) ? rest.slice(said.length) : rest;
  }, last.answer);
  return quoted(thought.trim() || last.answer.trim());
}

/** What was said stands between the steps, as it came. */
function turnOf(message: MessageDto, approvals: ReadonlyMap<string, ApprovalDto>, words: ReportWords): string[] {
  const { query, steps, error, status, created_at: at, model_name: model } = message;
  const { parts } = viewOf(message);
  const last = parts.at(-1);
  const stepIn = new Map(steps.map((step) => [step.step_id, step]));
  const told = parts.filter((part) => part !== last || part.kind === 'steps');
  return [
    `### ${words.moment(at)} · ${words.text('question')}`,
    quoted(query),
    ...told.flatMap((part) =>
      part.kind === 'text'
        ? said(part.text)
        : part.steps.flatMap(({ step_id: id }) => stepOf(stepIn.get(id)!, approvals.get(id), words)),
    ),
    `**${words.text('answer')}** · ${model ?? '-'}${status === 'finished' ? '' : ` · ${words.text(`status.${status}`)}`}`,
    ...(last?.kind === 'text' ? said(last.text) : []),
    ...(error ? [`> ${oneLine(error.detail)}`] : []),
  ];
}

function said(text: string): string[] {
  return text.trim() === '' ? [] : [quoted(text.trim())];
}

function stepOf(step: StepDto, approval: ApprovalDto | undefined, words: ReportWords): string {
  const { position, tool, label, state, input, observation, started_at: begun, finished_at: ended } = step;
  const took = ended === null ? '' : ` · ${words.duration(Date.parse(ended) - Date.parse(begun))}`;
  const title = `**${words.text('step', { number: position })} ${words.label(label)}** \`${tool}\``;
  return [
    `${title} · ${words.moment(begun)} · ${words.state(state)}${took}`,
    ...(approval ? [`${words.named(words.text('approval'))}${decisionOf(approval, words)}`] : []),
    `${words.named(words.text('arguments')).trimEnd()}\n\n${fenced(prettyJson(input) || '{}')}`,
    ...resultParts(observation).map(({ name, text }) => {
      const title = [words.text('result'), name].filter(Boolean).join(' ');
      return `${words.named(title).trimEnd()}\n\n${fenced(shortened(text, words))}`;
    }),
  ].join('\n\n');
}

function approvalsOf(approvals: readonly ApprovalDto[], words: ReportWords): string[] {
  if (approvals.length === 0) return [];
  const inOrder = [...approvals].sort((a, b) => a.created_at.localeCompare(b.created_at));
  const rows = inOrder.map((approval) => {
    const { created_at: at, summary, target, acknowledge_note: note } = approval;
    const cells = [words.moment(at), summary, target, decisionOf(approval, words), note ?? ''];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  const heads = ['when', 'summary', 'target', 'decision', 'note'].map((key) => words.text(`column.${key}`));
  return [`## ${words.text('approvals')}`, [`| ${heads.join(' | ')} |`, '|---|---|---|---|---|', ...rows].join('\n')];
}

function decisionOf(approval: ApprovalDto, words: ReportWords): string {
  const { decision_reason: reason, outcome } = approval;
  const unknown = outcome === 'unknown' ? ` · ${words.state('unknown')}` : '';
  return `${words.ending(approval) || words.text('open')}${reason === null ? '' : ` (${oneLine(reason)})`}${unknown}`;
}

function shortened(text: string, words: ReportWords): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return `${text.slice(0, MOST_CHARACTERS)}\n${words.text('cut', { count: text.length - MOST_CHARACTERS })}`;
}

/** The fence is longer than any that the text brings along. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${visibleText(text)}\n${fence}`;
}

function quoted(text: string): string {
  return visibleText(text)
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function cell(text: string): string {
  return visibleText(oneLine(text)).replaceAll('\\', '\\\\').replaceAll('|', '\\|');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
