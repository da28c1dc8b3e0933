import type {
  ApprovalDecision,
  FaultKind,
  FeedbackDto,
  MessageDto,
  MessageErrorDto,
  StepDto,
  StepState,
  ToolLabelDto,
  ToolRisk,
  UsageDto,
} from '@opsagent/contracts';

/** What a tool call waits for, or waited for, as the events of its answer tell. */
export interface StepApproval {
  id: string;
  summary: string;
  /** Null while it waits. */
  decision: ApprovalDecision | null;
  by: string | null;
}

/** One tool call, as a card shows it. */
export interface StepView {
  step_id: string;
  /** Its number in the answer. */
  position: number;
  tool: string;
  label: ToolLabelDto;
  input: string;
  observation: string;
  /** The whole result, where only a part of it is shown. */
  artifact_id: string | null;
  risk: ToolRisk;
  state: StepState;
  /** Null where nothing is known of one; a stored step does not say. */
  approval: StepApproval | null;
  /** Milliseconds from call to answer; null while it runs or when unknown. */
  tookMs: number | null;
}

/** An answer is text and rounds of tool calls, in the order in which they came. */
export type AnswerPart = { kind: 'text'; text: string } | { kind: 'steps'; round: number; steps: StepView[] };

/** `sending`: not yet accepted by the server; `unsent`: it may not have arrived. */
export type TurnStatus = 'sending' | 'unsent' | 'running' | 'finished' | 'stopped' | 'failed';

/** A question and its answer, as the page shows them. */
export interface Turn {
  /** Stable for the page, also before the server has named the message. */
  key: string;
  message_id: string | null;
  run_id: string | null;
  /** The message it follows. */
  parent_id: string | null;
  /** All versions of this turn, oldest first; empty until the server has told. */
  versions: readonly string[];
  query: string;
  created_at: string;
  status: TurnStatus;
  parts: readonly AnswerPart[];
  reasoning: string;
  /** How long the model thought; null when unknown. */
  reasoningMs: number | null;
  error: MessageErrorDto | null;
  llm_config_id: string | null;
  model_name: string | null;
  /** Why another model answered than the one that was asked; null when the asked one did, or when that is not known. */
  modelChange: { from: string; kind: FaultKind } | null;
  usage: UsageDto | null;
  first_token_ms: number | null;
  total_ms: number | null;
  total_price: string | null;
  currency: string | null;
  feedback: FeedbackDto | null;
}

/** True while more of the answer can come. */
export function isOpen(turn: Turn): boolean {
  return turn.status === 'sending' || turn.status === 'running';
}

/** The answer's text alone, as the model wrote it. */
export function answerText(turn: Turn): string {
  return turn.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

/** The answer as a reader sees it, without the marks of Markdown around words, lines and links; code keeps its own. */
export function plainText(turn: Turn): string {
  const blocks = answerText(turn).split(/^```.*$\n?/m);
  return blocks.map((block, at) => (at % 2 === 1 ? block : withoutMarks(block))).join('');
}

function withoutMarks(text: string): string {
  return text
    .replace(/^(#{1,6}|>) +/gm, '')
    .replace(/(\*\*|__|~~|`)(?=\S)(.+?)\1/g, '$2')
    .replace(/!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g, (_, label: string, url: string) =>
      label === '' || label === url ? url : `${label} (${url})`,
    );
}

/** A stored message as a turn. */
export function turnOf(message: MessageDto): Turn {
  return {
    key: message.message_id,
    message_id: message.message_id,
    run_id: message.run_id,
    parent_id: message.parent_id,
    versions: message.versions,
    query: message.query,
    created_at: message.created_at,
    status: message.status,
    parts: partsOf(message),
    reasoning: message.reasoning,
    reasoningMs: null,
    error: message.error,
    llm_config_id: message.llm_config_id,
    model_name: message.model_name,
    modelChange: null,
    usage: message.usage,
    first_token_ms: message.first_token_ms,
    total_ms: message.total_ms,
    total_price: message.total_price,
    currency: message.currency,
    feedback: message.feedback,
  };
}

/** A question that has just been asked. */
export function askedTurn(query: string, askedAt: Date, parentId: string | null = null): Turn {
  return {
    key: `asked-${askedAt.getTime()}`,
    message_id: null,
    run_id: null,
    parent_id: parentId,
    versions: [],
    query,
    created_at: askedAt.toISOString(),
    status: 'sending',
    parts: [],
    reasoning: '',
    reasoningMs: null,
    error: null,
    llm_config_id: null,
    model_name: null,
    modelChange: null,
    usage: null,
    first_token_ms: null,
    total_ms: null,
    total_price: null,
    currency: null,
    feedback: null,
  };
}

/** The stored answer is the text of all rounds together; each step repeats what its own round said before it. */
function partsOf({ answer, steps }: MessageDto): AnswerPart[] {
  const parts: AnswerPart[] = [];
  let rest = answer;
  for (const round of roundsOf(steps)) {
    const thought = round[0].thought;
    if (thought !== '' && rest.startsWith(thought)) {
      parts.push({ kind: 'text', text: thought });
      rest = rest.slice(thought.length);
    }
    parts.push({ kind: 'steps', round: round[0].round, steps: round.map(stepView) });
  }
  if (rest !== '') parts.push({ kind: 'text', text: rest });
  return parts;
}

function roundsOf(steps: readonly StepDto[]): StepDto[][] {
  const rounds = new Map<number, StepDto[]>();
  for (const step of steps) rounds.set(step.round, [...(rounds.get(step.round) ?? []), step]);
  return [...rounds.values()];
}

function stepView(step: StepDto): StepView {
  const { step_id, position, tool, label, input, observation, artifact_id, risk, state } = step;
  const { started_at, finished_at } = step;
  const tookMs = finished_at === null ? null : Date.parse(finished_at) - Date.parse(started_at);
  return { step_id, position, tool, label, input, observation, artifact_id, risk, state, approval: null, tookMs };
}
