import type {
  CreateToolSourceDto,
  ToolSourceDto,
  ToolSourceKind,
  ToolSourceKindDto,
  ToolSourceSecret,
  ToolSourceSecretsDto,
  ToolSourceSetting,
  ToolSourceSettingsDto,
  UpdateToolSourceDto,
} from '@opsagent/contracts';

/** The form's model: settings as they are typed, secrets only while they are. */
export interface SourceDraft {
  readonly name: string;
  readonly kind: ToolSourceKind;
  readonly description: string;
  readonly environment: string;
  readonly isActive: boolean;
  readonly settings: Readonly<Partial<Record<ToolSourceSetting, string>>>;
  readonly secrets: Readonly<Partial<Record<ToolSourceSecret, string>>>;
  /** Those that are to be forgotten. */
  readonly forgotten: readonly ToolSourceSecret[];
}

export function draftOf(source: ToolSourceDto | null, kind: ToolSourceKind): SourceDraft {
  if (!source) {
    const empty = { name: '', description: '', environment: '', isActive: true };
    return { ...empty, kind, settings: {}, secrets: {}, forgotten: [] };
  }
  const settings = Object.entries(source.settings).map(([name, value]) => [name, written(value)]);
  return {
    ...{ name: source.name, kind: source.kind, description: source.description, environment: source.environment },
    ...{ isActive: source.is_active, secrets: {}, forgotten: [] },
    settings: Object.fromEntries(settings) as SourceDraft['settings'],
  };
}

/** What has to be filled in and is not. */
export function missingIn(draft: SourceDraft, facts: ToolSourceKindDto): string[] {
  const missing = facts.required.filter((name) => !draft.settings[name]?.trim()).map((name) => `settings.${name}`);
  return draft.name.trim() === '' ? ['name', ...missing] : missing;
}

export function createInput(draft: SourceDraft, facts: ToolSourceKindDto): CreateToolSourceDto {
  return { ...fieldsOf(draft, facts), kind: draft.kind, settings: settingsOf(draft, facts), name: draft.name.trim() };
}

/** Settings are sent whole, whichever of them changed. */
export function updateInput(draft: SourceDraft, facts: ToolSourceKindDto): UpdateToolSourceDto {
  return { ...fieldsOf(draft, facts), settings: settingsOf(draft, facts), name: draft.name.trim() };
}

function fieldsOf(draft: SourceDraft, facts: ToolSourceKindDto) {
  const secrets = secretsOf(draft, facts);
  return {
    description: draft.description.trim(),
    environment: draft.environment.trim(),
    is_active: draft.isActive,
    ...(Object.keys(secrets).length > 0 ? { secrets } : {}),
  };
}

/** Only what the kind knows: another kind may have been chosen before. */
function settingsOf(draft: SourceDraft, { required, optional }: ToolSourceKindDto): ToolSourceSettingsDto {
  const filled = [...required, ...optional].flatMap((name) => {
    const text = draft.settings[name]?.trim() ?? '';
    return text === '' ? [] : [[name, read(name, text)]];
  });
  return Object.fromEntries(filled) as ToolSourceSettingsDto;
}

function secretsOf({ secrets, forgotten }: SourceDraft, facts: ToolSourceKindDto): ToolSourceSecretsDto {
  const sent: ToolSourceSecretsDto = {};
  for (const name of facts.secrets) {
    if (secrets[name]) sent[name] = secrets[name];
    else if (forgotten.includes(name)) sent[name] = null;
  }
  return sent;
}

/** What is no number is sent as it is: the server says what is wrong with it. */
function read(name: ToolSourceSetting, text: string): unknown {
  if (name === 'paths') return linesOf(text);
  return name === 'port' && /^\d+$/.test(text) ? Number(text) : text;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function written(value: unknown): string {
  return Array.isArray(value) ? value.join('\n') : String(value);
}
