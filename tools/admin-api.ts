import { parseArgs } from 'node:util';

/** Asks a running server as the administrator whose token stands among the arguments. @throws Error with what the server said */
export function adminApi<T>(
  args: string[],
  command: string,
  further = '',
): (method: string, path: string) => Promise<T> {
  const { url, token } = parseArgs({ args, options: { url: { type: 'string' }, token: { type: 'string' } } }).values;
  if (!url || !token) throw new Error(`Usage: npm run ${command} -- --url http://localhost:8000 --token …${further}`);
  return async (method, path) => {
    const response = await fetch(new URL(path, url), { method, headers: { authorization: `Bearer ${token}` } });
    const body = (response.status === 204 ? {} : await response.json()) as T & { detail?: string };
    if (!response.ok) throw new Error(body.detail ?? `${method} ${path} answered ${response.status}`);
    return body;
  };
}

/** Ends the process with a command's result; an error is one sentence and 1. */
export async function endWith(result: Promise<number>): Promise<void> {
  try {
    process.exitCode = await result;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
