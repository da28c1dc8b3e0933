import { isObject, type JsonObject } from '../../provider-simulator/chat-request.ts';
import type { Call, Case } from './case.ts';

/** Something that was found, and how much it explains. */
export interface Finding {
  /** 0 to 100: from 50 on it can be the cause. */
  readonly weight: number;
  readonly zh: string;
  readonly en: string;
  /** The steps that show it. */
  readonly steps: readonly number[];
}

/** What a rule makes of a case so far. */
export interface Thoughts {
  readonly calls?: readonly Call[];
  readonly findings?: readonly Finding[];
}

/** What to look at, and what to make of it, for one kind of evidence. It knows nothing but what tools have shown. */
export type Rule = (seen: Case) => Thoughts;

/** The objects of a list in a result. */
export function listIn(data: JsonObject, field: string): JsonObject[] {
  const list = data[field];
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** The texts of a list in a result; a long one comes as its beginning and its end. */
export function textsIn(data: JsonObject, field: string): string[] {
  const list = data[field];
  if (isObject(list)) return `${wordOf(list['beginning'])}\n${wordOf(list['end'])}`.split('\n');
  return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : [];
}

export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** A value as a word; nothing for what is none. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Hosts with ports that a text names, such as `127.0.0.1:9100`. */
export function placesIn(text: string): string[] {
  return text.match(/\b127\.0\.0\.1:\d{2,5}\b/g) ?? [];
}
