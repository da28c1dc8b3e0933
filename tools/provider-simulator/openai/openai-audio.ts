import { createHash } from 'node:crypto';
import type { JsonObject } from '../chat-request.ts';
import type { Dialect } from '../dialects.ts';
import type { Exchange } from '../exchange.ts';
import type { Memory } from '../route.ts';
import { resolveModel } from '../scenarios/resolve.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { now } from '../ticker.ts';
import { partsOf, type FormPart } from './form-parts.ts';
import { jsonBody } from './openai-body.ts';
import { sendFault, unknownModel } from './openai-faults.ts';
import { checkDecimal } from './openai-parameters.ts';
import { invalid, missing, OpenAiRefusal, requireString, wrongValue } from './openai-refusal.ts';

const HEARD = new Set(
  'file model language prompt response_format temperature include stream chunking_strategy'.split(' '),
);
const SPOKEN = new Set('model input voice response_format speed instructions stream_format'.split(' '));
const FORMATS = ['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'oga', 'ogg', 'wav', 'webm'];
const LARGEST_BYTES = 25 * 1024 * 1024;
const LONGEST_INPUT = 4096;
const LONGEST_TEXT = 1_000;

/** One frame of MPEG-1 Layer III at 128 kbit/s, silent. */
const SILENT_FRAME = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(413)]);

/** `POST …/audio/transcriptions`: what a recording says. @throws OpenAiRefusal */
export async function createTranscription(exchange: Exchange, dialect: Dialect, memory: Memory): Promise<void> {
  const parts = partsOf(exchange);
  const { model, file } = checkForm(parts, dialect.refusesUnknown);
  exchange.describe(model, { model, file: { ...file.told, sha256: sha256(file.bytes) } });
  const chosen = resolveModel(model, 'openai', memory);
  if (!chosen) throw unknownModel(model);
  const { scenario } = chosen;
  if (scenario.kind === 'fault') return sendFault(exchange, dialect.voice, scenario.fault, model);
  if (scenario.kind !== 'hearing') throw notFor('transcriptions', scenario);
  exchange.sendJson(200, { text: file.bytes.toString('utf8', 0, LONGEST_TEXT) });
}

/** `POST …/audio/speech`: silence, piece by piece. @throws OpenAiRefusal */
export async function createSpeech(exchange: Exchange, dialect: Dialect, memory: Memory): Promise<void> {
  const body = jsonBody(exchange);
  checkScript(body, dialect.refusesUnknown);
  const model = String(body['model']);
  const chosen = resolveModel(model, 'openai', memory);
  if (!chosen) throw unknownModel(model);
  const { scenario, numbers } = chosen;
  if (scenario.kind === 'fault') return sendFault(exchange, dialect.voice, scenario.fault, model);
  if (scenario.kind !== 'speech') throw notFor('speech', scenario);
  exchange.begin(200, { 'content-type': 'audio/mpeg' });
  if (scenario.ending !== 'empty') await speak(exchange, numbers);
  if (scenario.ending === 'reset') return exchange.sever();
  if (scenario.ending === 'stall') return exchange.untilGone();
  exchange.end();
}

async function speak(exchange: Exchange, [chunks = 8, gapMs = 0]: readonly number[]): Promise<void> {
  const start = now();
  for (let index = 0; index < chunks && !exchange.gone; index += 1) {
    if (!exchange.write(SILENT_FRAME)) await exchange.drained();
    if (gapMs > 0) await exchange.until(start + (index + 1) * gapMs);
  }
}

function checkForm(parts: readonly FormPart[], refusesUnknown: boolean): { model: string; file: FormPart } {
  const part = (name: string): FormPart | undefined => parts.find((one) => one.name === name);
  const unknown = parts.find(({ name }) => !HEARD.has(name));
  if (unknown && refusesUnknown)
    throw invalid(`Unknown parameter: '${unknown.name}'.`, unknown.name, 'unknown_parameter');
  const model = part('model')?.bytes.toString('utf8');
  if (!model) throw invalid('you must provide a model parameter');
  const file = part('file');
  if (file?.told.filename === undefined) throw missing('file');
  if (file.bytes.length > LARGEST_BYTES) throw tooLarge(file.bytes.length);
  const format = part('response_format')?.bytes.toString('utf8') ?? 'json';
  if (format !== 'json') throw wrongValue('response_format', format, ['json']);
  if (file.bytes.length === 0 || !FORMATS.some((end) => file.told.filename?.endsWith(`.${end}`))) {
    throw invalid(`Invalid file format. Supported formats: ${JSON.stringify(FORMATS)}`, 'file');
  }
  return { model, file };
}

function checkScript(body: JsonObject, refusesUnknown: boolean): void {
  const unknown = Object.keys(body).find((name) => !SPOKEN.has(name));
  if (unknown && refusesUnknown) throw invalid(`Unknown parameter: '${unknown}'.`, unknown, 'unknown_parameter');
  for (const name of ['model', 'input', 'voice']) requireString(body[name], name);
  const input = String(body['input']);
  if (input === '') throw invalid("Invalid 'input': string too short.", 'input', 'string_below_min_length');
  if (input.length > LONGEST_INPUT) {
    throw invalid(
      `Invalid 'input': string too long. Expected a string with maximum length ${LONGEST_INPUT}, but got a string with length ${input.length} instead.`,
      'input',
      'string_above_max_length',
    );
  }
  const format = body['response_format'] ?? 'mp3';
  if (format !== 'mp3') throw wrongValue('response_format', format, ['mp3']);
  checkDecimal(body, 'speed', 0.25, 4);
}

function notFor(what: string, { kind }: Scenario): OpenAiRefusal {
  const message = `This is not a model for audio ${what}, but one of the kind ${kind}.`;
  return new OpenAiRefusal({ status: 404, type: 'invalid_request_error', message, param: 'model' });
}

function tooLarge(size: number): OpenAiRefusal {
  const message = `Maximum content size limit (${LARGEST_BYTES}) exceeded (${size} bytes read)`;
  return new OpenAiRefusal({ status: 413, type: 'server_error', message });
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
