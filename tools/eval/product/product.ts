import { join } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileOf } from '../../bench/processes/workspace.ts';
import { freePort } from '../../bench/processes/free-port.ts';
import { isUp } from '../../bench/processes/is-up.ts';
import { makeFolder, removeFolder } from '../stage/folders.ts';
import { OwnProcess } from '../stage/own-process.ts';
import { Api } from './api.ts';

/** The server as it is built. */
export const BUILT = ['dist/api/apps/api/src/main.js'];

/** The model that answers. */
export interface ModelChoice {
  readonly provider: string;
  readonly model: string;
  readonly baseUrl?: string | undefined;
  readonly key: string | undefined;
}

export interface ProductOptions {
  /** What Node is told to run, in the workspace's folder. */
  readonly entry: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** `host:port` that it may reach besides its sources. */
  readonly allowed: readonly string[];
  /** The certificate of an authority that it trusts. */
  readonly authority: string;
}

/** The product, on data of its own. */
export class Product {
  readonly api: Api;
  private readonly process: OwnProcess;
  private readonly folder: string;

  private constructor(api: Api, process: OwnProcess, folder: string) {
    this.api = api;
    this.process = process;
    this.folder = folder;
  }

  static async start({ entry, environment, allowed, authority }: ProductOptions): Promise<Product> {
    const file = fileOf(entry.at(-1) ?? '');
    if (!existsSync(file)) throw new Error(`there is no ${file}; build it with: npx nx run api:build`);
    const folder = await makeFolder();
    const port = await freePort();
    const token = randomBytes(24).toString('hex');
    const caFile = join(folder, 'authority.pem');
    // Whoever asks a real model may need an authority of their own for that.
    const others = process.env['NODE_EXTRA_CA_CERTS'];
    await writeFile(caFile, others ? `${await readFile(others, 'utf8')}\n${authority}` : authority);
    const own = new OwnProcess('OpsAgent', process.execPath, entry, {
      cwd: fileOf(''),
      // It has a database of its own to end.
      orphanSignal: 'TERM',
      environment: {
        OPSAGENT_DATA_DIR: join(folder, 'data'),
        OPSAGENT_ADMIN_TOKEN: token,
        OPSAGENT_OUTBOUND_ALLOW: allowed.join(','),
        OPSAGENT_LOCAL_COMMANDS: 'on',
        NODE_EXTRA_CA_CERTS: caFile,
        PORT: String(port),
        ...environment,
      },
    });
    const product = new Product(new Api(`http://127.0.0.1:${port}`, token), own, folder);
    try {
      await own.until(() => isUp(port, '/health'));
    } catch (error) {
      await product.stop();
      throw error;
    }
    return product;
  }

  /** @returns the id of a configuration for the model */
  async configure({ provider, model, baseUrl, key }: ModelChoice): Promise<string> {
    const values = { name: 'evaluation', provider, model_name: model, is_default: true };
    // What is undefined is left out of the JSON.
    const made = { ...values, base_url: baseUrl, api_key: key };
    return (await this.api.send<{ id: string }>('POST', '/api/llm-configs', made)).id;
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await removeFolder(this.folder);
  }
}
