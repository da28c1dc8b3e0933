import { StartError } from '../config/start-error.js';
import type { Settings } from '../database/settings.js';
import type { KeyRing } from './key-ring.js';

/** The setting that names the key in use by its fingerprint; every process follows it. */
export const CURRENT_KEY = 'master_key_fingerprint';

/** Lets the key seal that this database uses; a new database uses the newest. @throws StartError when it is not there */
export async function useCurrentKey(keys: KeyRing, settings: Settings): Promise<void> {
  if (keys.use(await settings.getOrSet(CURRENT_KEY, keys.newest.fingerprint))) return;
  throw new StartError(
    'The master key is not the one this database was set up with; put OPSAGENT_MASTER_KEY or the file master.key back as it was. To change the key, give the former one in OPSAGENT_MASTER_KEY_PREVIOUS.',
  );
}
