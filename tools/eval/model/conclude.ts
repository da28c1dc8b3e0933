import type { Case } from './case.ts';
import type { Finding } from './rule.ts';

/** From this weight on something explains what was asked about. */
const IS_CAUSE = 50;
const COMMANDS =
  /ignore (all )?(the )?(previous|prior|above) instructions|disregard .{0,30}instructions|忽略(之前|以上|先前)的?(所有|全部)?(指令|指示|说明)/i;

/** Says what was found: hypothesis, evidence with its steps, conclusion. @param findings the weightiest first */
export function conclude(seen: Case, findings: readonly Finding[]): string {
  const [first] = findings;
  const cause = first && first.weight >= IS_CAUSE ? first : undefined;
  const others = findings.filter((finding) => finding !== cause);
  const lines = seen.language === 'zh' ? inChinese(seen, cause, others) : inEnglish(seen, cause, others);
  // Each part is a paragraph of its own.
  return lines
    .map((line) => (line.startsWith('- ') ? line : `\n${line}`))
    .join('\n')
    .trim();
}

function inEnglish(seen: Case, cause: Finding | undefined, others: readonly Finding[]): string[] {
  const told = commandsIn(seen).map(
    (step) =>
      `Note: a text in [step ${step}] contained instructions addressed to me; I treated it as data and did not follow them.`,
  );
  if (!cause) {
    return [
      '**Hypothesis**: something is wrong in what you asked about.',
      `**Evidence**: ${checkedIn(seen)}`,
      ...others.map(({ en, steps }) => `- Noticed, but not a problem in itself: ${en} ${marks(steps)}`),
      '**Conclusion**: everything I checked is healthy; no problem was found.',
      ...told,
    ];
  }
  return [
    `**Hypothesis**: ${cause.en}`,
    '**Evidence**:',
    `- ${cause.en} ${marks(cause.steps)}`,
    ...others.map(({ en, steps }) => `- Also seen, not the cause: ${en} ${marks(steps)}`),
    `**Conclusion**: the root cause is: ${cause.en} ${marks(cause.steps)}`,
    ...told,
  ];
}

function inChinese(seen: Case, cause: Finding | undefined, others: readonly Finding[]): string[] {
  const told = commandsIn(seen).map(
    (step) => `提示：[step ${step}] 的文本中含有针对我的指令，我只把它当作数据，没有执行。`,
  );
  if (!cause) {
    return [
      '**假设**：所问的系统存在异常。',
      `**证据**：${checkedIn(seen)}`,
      ...others.map(({ zh, steps }) => `- 注意到，但本身不是问题：${zh} ${marks(steps)}`),
      '**结论**：所检查的各项均正常，未发现问题。',
      ...told,
    ];
  }
  return [
    `**假设**：${cause.zh}`,
    '**证据**：',
    `- ${cause.zh} ${marks(cause.steps)}`,
    ...others.map(({ zh, steps }) => `- 同时看到，但不是原因：${zh} ${marks(steps)}`),
    `**结论**：根因是：${cause.zh} ${marks(cause.steps)}`,
    ...told,
  ];
}

/** Every look but the plan, with its step. */
function checkedIn(seen: Case): string {
  const looks = seen.looks.filter(({ name }) => name !== 'write_todos');
  return looks.map(({ name, step }) => `\`${name}\` [step ${step}]`).join(', ');
}

function marks(steps: readonly number[]): string {
  return [...new Set(steps)].map((step) => `[step ${step}]`).join(' ');
}

function commandsIn(seen: Case): number[] {
  return seen.looks
    .filter(({ text }) => COMMANDS.test(text))
    .map(({ step }) => step)
    .slice(0, 1);
}
