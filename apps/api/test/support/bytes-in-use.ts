import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The bytes of buffers that are really held: garbage is collected before they are counted. */
export function bytesInUse(): number {
  collect();
  // Buffers are swept behind the collection; another one waits for that.
  collect();
  return process.memoryUsage().arrayBuffers;
}
