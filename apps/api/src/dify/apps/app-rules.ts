import { Injectable } from '@nestjs/common';
import type { InputFieldDto, UpdateAppDto } from '@opsagent/contracts';
import { ToolCatalogue } from '../../agent/tools/tool-registry.js';
import { LlmConfigKinds } from '../../llm-config/llm-config-kinds.js';
import { InvalidInput } from '../../platform/errors/domain-error.js';

type Complaint = { field: string; message: string };

/** What the types of the fields cannot say about an app. */
@Injectable()
export class AppRules {
  constructor(
    private readonly configs: LlmConfigKinds,
    private readonly tools: ToolCatalogue,
  ) {}

  /** @throws InvalidInput naming every field that is wrong */
  async check(input: UpdateAppDto): Promise<void> {
    const complaints = [
      ...(await this.wrongConfigs(input)),
      ...this.unknownTools(input.tools ?? []),
      ...wrongForm(input.input_form ?? []),
      ...wrongQuestions(input.suggested_questions ?? []),
      ...(await this.wrongSpeech(input)),
    ];
    if (complaints.length > 0) throw new InvalidInput(complaints);
  }

  private async wrongConfigs(input: UpdateAppDto): Promise<Complaint[]> {
    const named: [string, string | null | undefined, 'chat' | 'embedding' | 'any'][] = [
      ['llm_config_id', input.llm_config_id, 'chat'],
      ['annotation_reply.llm_config_id', input.annotation_reply?.llm_config_id, 'embedding'],
      ['speech_to_text.llm_config_id', input.speech_to_text?.llm_config_id, 'any'],
      ['text_to_speech.llm_config_id', input.text_to_speech?.llm_config_id, 'any'],
    ];
    const complaints: Complaint[] = [];
    for (const [field, id, wanted] of named) {
      const kind = id ? await this.configs.kindOf(id) : wanted;
      if (kind === null) complaints.push({ field, message: `${field} names no model configuration` });
      else if (wanted !== 'any' && kind !== wanted)
        complaints.push({ field, message: `${field} must name a configuration of the kind ${wanted}` });
    }
    return complaints;
  }

  /** What is promised to clients must work. */
  private async wrongSpeech({ speech_to_text, text_to_speech }: UpdateAppDto): Promise<Complaint[]> {
    const complaints: Complaint[] = [];
    for (const [feature, settings] of Object.entries({ speech_to_text, text_to_speech })) {
      if (!settings?.enabled) continue;
      const id = settings.llm_config_id;
      if (id === null) complaints.push(needed(`${feature}.llm_config_id`));
      else if ((await this.configs.kindOf(id)) !== null && !(await this.configs.maySpeak(id))) {
        const field = `${feature}.llm_config_id`;
        complaints.push({ field, message: `${field} must name a configuration that speaks OpenAI's wire` });
      }
      if (settings.model.trim() === '') complaints.push(needed(`${feature}.model`));
    }
    if (text_to_speech?.enabled && text_to_speech.voice.trim() === '') complaints.push(needed('text_to_speech.voice'));
    return complaints;
  }

  private unknownTools(names: readonly string[]): Complaint[] {
    const known = new Set(this.tools.list().map(({ name }) => name));
    return names
      .filter((name) => !known.has(name))
      .map((name) => ({ field: 'tools', message: `tools names "${name}", which is no tool` }));
  }
}

function needed(field: string): Complaint {
  return { field, message: `${field} is needed to switch it on` };
}

function wrongForm(fields: readonly InputFieldDto[]): Complaint[] {
  const variables = fields.map(({ variable }) => variable);
  return fields.flatMap((input, index) => {
    const field = `input_form.${index}`;
    const message =
      variables.indexOf(input.variable) === index ? wrongInput(input) : 'variable is used by another field already';
    return message === '' ? [] : [{ field, message: `${field}.${message}` }];
  });
}

function wrongInput({ type, options = [], default: initial = null }: InputFieldDto): string {
  if (type === 'select' && options.length === 0) return 'options must offer something';
  if (initial === null || initial === '') return '';
  if (type === 'select') return options.includes(initial) ? '' : 'default must be one of its options';
  if (type === 'number') return Number.isFinite(Number(initial)) ? '' : 'default must be a number';
  if (type === 'checkbox') return /^(true|false)$/.test(initial) ? '' : 'default must be true or false';
  return '';
}

function wrongQuestions(questions: readonly string[]): Complaint[] {
  const field = 'suggested_questions';
  return questions.some((question) => question.trim() === '')
    ? [{ field, message: `${field} holds an empty one` }]
    : [];
}
