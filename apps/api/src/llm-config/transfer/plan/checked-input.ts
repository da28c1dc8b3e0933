import { CreateLlmConfigDto } from '@opsagent/contracts';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { harmOf } from '../../rules/json-harm.js';
import type { FileItem } from '../sources/file-item.js';

const MOST_PROBLEMS = 20;
const LONGEST_PROBLEM = 500;

/** What a file says of one configuration, by the rules of a create; or what breaks them. */
export function checkedInput({ values, problems }: FileItem): { input: CreateLlmConfigDto } | { problems: string[] } {
  if (problems.length > 0) return { problems: [...problems] };
  const harm = harmOf(values);
  if (harm !== undefined) return { problems: [`it ${harm}`] };
  const input = plainToInstance(CreateLlmConfigDto, values);
  const errors = validateSync(input, { whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true });
  if (errors.length === 0) return { input };
  const messages = errors.flatMap(({ constraints }) => Object.values(constraints ?? {}));
  return { problems: messages.slice(0, MOST_PROBLEMS).map((message) => message.slice(0, LONGEST_PROBLEM)) };
}
