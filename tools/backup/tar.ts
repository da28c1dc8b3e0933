import { spawn } from 'node:child_process';
import { BackupError } from './platform.ts';

/** Runs the system's tar. @returns what it printed. @throws BackupError with its last words */
export function tar(args: readonly string[], trouble: string): Promise<string> {
  const child = spawn('tar', args, { env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let complaint = '';
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  child.stderr.on('data', (data: Buffer) => (complaint += data.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', () => reject(new BackupError('The program tar is needed and is not installed.')));
    child.once('close', (code) =>
      code === 0 ? resolve(printed) : reject(new BackupError(sentence(trouble, complaint))),
    );
  });
}

/** tar names the reason in its first line and only then that it gives up. */
function sentence(trouble: string, complaint: string): string {
  const [reason = 'no reason given'] = complaint.trim().split('\n');
  return `${trouble}: ${reason.replace(/^tar: /, '')}.`;
}
