import { oneOfSet, type ValueOf } from '../field/facts.js';

/** How an app behaves on the Dify wire: a plain chat, or an agent with tools. */
export const APP_MODE = oneOfSet('AppMode', ['chat', 'agent-chat']);
export type AppMode = ValueOf<typeof APP_MODE>;

/** What becomes of a tool call that changes something: it is refused, or waits until somebody allows it. */
export const DANGEROUS_CALLS = oneOfSet('DangerousCalls', ['refuse', 'wait']);
export type DangerousCalls = ValueOf<typeof DANGEROUS_CALLS>;

/** The controls of an input form, as Dify names them. */
export const INPUT_CONTROL = oneOfSet('InputControl', ['text-input', 'paragraph', 'select', 'number', 'checkbox']);
export type InputControl = ValueOf<typeof INPUT_CONTROL>;

/** The kinds of files, as Dify names them. */
export const FILE_KIND = oneOfSet('FileKind', ['image', 'document', 'audio', 'video', 'custom']);
export type FileKind = ValueOf<typeof FILE_KIND>;

/** How a file reaches the server, as Dify names it. */
export const FILE_TRANSFER = oneOfSet('FileTransfer', ['remote_url', 'local_file']);
export type FileTransfer = ValueOf<typeof FILE_TRANSFER>;
