import { Injectable } from '@nestjs/common';
import type { CreateLlmConfigDto } from '@opsagent/contracts';
import { idsIn, type KnownUsers, LlmConfigPeople, strangersIn } from '../../access/llm-config-people.js';
import { type FileItem, isObject } from '../sources/file-item.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_TOLD = 10;

/** The users to whom the configurations of a file are limited. */
@Injectable()
export class ImportPeople {
  constructor(private readonly people: LlmConfigPeople) {}

  /** Those of this server among all that a file names. */
  knownIn(items: readonly FileItem[]): Promise<KnownUsers> {
    const access = items.map(({ values }) => values['access']).filter(isObject);
    const textsOf = (value: unknown): string[] =>
      Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    const ids = access.flatMap(({ user_ids }) => textsOf(user_ids)).filter((id) => UUID.test(id));
    return this.people.find(
      ids,
      access.flatMap(({ user_emails }) => textsOf(user_emails)),
    );
  }
}

/** Leaves users out that this server does not know. @returns what to say of it */
export function leaveStrangersOut(input: CreateLlmConfigDto, known: KnownUsers): string[] {
  const { access } = input;
  if (access?.scope !== 'users') return [];
  const strangers = strangersIn(access, known).map(({ name }) => name);
  input.access = { scope: 'users', user_ids: idsIn(access, known) };
  if (strangers.length === 0) return [];
  const more = strangers.length > MOST_TOLD ? ', …' : '';
  return [
    `left out of those who may use it, as they are no users here: ${strangers.slice(0, MOST_TOLD).join(', ')}${more}`,
  ];
}
