/** What the API knows about its own database; handed in, so that these tools do not know it a second time. */
export interface Platform {
  prepareDataFolder(chosen: string | undefined): string;
  openEmbeddedPostgres(dataDir: string): Promise<{ close(): Promise<void> }>;
  readonly FolderLock: { take(dataDir: string): { release(): void } };
  serverAccount(): { readonly uid?: number | undefined; readonly gid?: number | undefined };
}

/** Something the person who asked can put right; the message is one plain sentence. */
export class BackupError extends Error {}

/** The folder of the database inside the data folder, and the file of its key. */
export const CLUSTER = 'postgres';
export const KEY_FILE = 'master.key';
/** What end users sent, where the server keeps that in the data folder. */
export const FILES = 'files';
export const MANIFEST = 'opsagent-backup.json';

/** The first entry of every backup. */
export interface Manifest {
  readonly product: 'opsagent';
  readonly format: 1;
  readonly postgres: string;
  readonly created_at: string;
  readonly with_key: boolean;
}
