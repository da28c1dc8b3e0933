import type { Request } from 'express';
import { InvalidParam } from './dify-error.js';
import { type JsonObject, queryText } from './read.js';

const LONGEST_QUESTION = 10_000;
const LONGEST_ANSWER = 100_000;
const MOST_ON_A_PAGE = 100;

/** Which annotations a call lists. */
export interface AnnotationListCall {
  page: number;
  limit: number;
  keyword: string;
}

/** How a call wants annotations to answer. */
export interface AnnotationReplyCall {
  scoreThreshold: number;
  providerName: string;
  modelName: string;
}

/** @throws InvalidParam */
export function readAnnotation(body: JsonObject): { question: string; answer: string } {
  return {
    question: words(body, 'question', LONGEST_QUESTION),
    answer: words(body, 'answer', LONGEST_ANSWER),
  };
}

/** A limit over the largest page is capped, not refused. @throws InvalidParam */
export function readAnnotationList(request: Request): AnnotationListCall {
  return {
    page: whole(request, 'page', 1),
    limit: Math.min(whole(request, 'limit', 20), MOST_ON_A_PAGE),
    keyword: (queryText(request, 'keyword') ?? '').replaceAll('\0', '').trim(),
  };
}

/** @throws InvalidParam */
export function readAnnotationReply(body: JsonObject): AnnotationReplyCall {
  const scoreThreshold = body['score_threshold'];
  if (typeof scoreThreshold !== 'number' || !(scoreThreshold >= 0 && scoreThreshold <= 1))
    throw new InvalidParam('score_threshold is required and must be a number from 0 to 1.');
  return {
    scoreThreshold,
    providerName: words(body, 'embedding_provider_name', 200),
    modelName: words(body, 'embedding_model_name', 200),
  };
}

function words(body: JsonObject, field: string, longest: number): string {
  const value = body[field];
  const text = typeof value === 'string' ? value.replaceAll('\0', '') : '';
  if (text.trim() === '') throw new InvalidParam(`${field} is required and must be a string.`);
  if (text.length > longest) throw new InvalidParam(`${field} must not be longer than ${longest} characters.`);
  return text;
}

function whole(request: Request, name: string, otherwise: number): number {
  const text = queryText(request, name)?.trim() ?? '';
  if (text === '') return otherwise;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw new InvalidParam(`${name} must be a whole number from 1.`);
  return Number(text);
}
