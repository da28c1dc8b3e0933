import type { Environment } from '../../../platform/config/environment.js';
import type { Outbound } from '../../../platform/outbound/outbound.js';
import { placeOfSsh, SshConnection } from '../../sources/ssh-connection.adapter.js';
import type { OpenSource } from '../../sources/source-kind.js';
import type { ToolSources } from '../../sources/tool-sources.js';
import type { CommandRunner } from './command-runner.js';
import { LocalRunner } from './local-runner.js';
import { SshRunner } from './ssh-runner.js';

/** The machine of this server; every other target is the name of a source. */
export const LOCAL = 'local';
export const COMMAND_SOURCES = ['ssh'] as const;

/** The operator of this server has not allowed commands on its machine. */
export class LocalCommandsOff extends Error {
  constructor() {
    super('Commands on the machine of OpsAgent are off; whoever runs it may set OPSAGENT_LOCAL_COMMANDS=on.');
  }
}

/** The machines that commands can be run on. */
export class CommandTargets {
  constructor(
    private readonly sources: ToolSources,
    private readonly outbound: Outbound,
    private readonly environment: Pick<Environment, 'OPSAGENT_LOCAL_COMMANDS'>,
    private readonly local: CommandRunner = new LocalRunner(),
  ) {}

  get isLocalOn(): boolean {
    return this.environment.OPSAGENT_LOCAL_COMMANDS === 'on';
  }

  /** A target with the machine that it is now, which an operator may change. @throws SourceUnknown */
  placeOf(target: string): string {
    if (target === LOCAL) return LOCAL;
    const { settings } = this.opened(target);
    const { host, port } = placeOfSsh({ settings });
    return `${target} (${settings.username}@${host}:${port})`;
  }

  /** Where a target stands; undefined for the environment of this server. @throws LocalCommandsOff, SourceUnknown */
  environmentOf(target: string): string | undefined {
    if (target === LOCAL) {
      if (!this.isLocalOn) throw new LocalCommandsOff();
      return undefined;
    }
    return this.opened(target).environment || undefined;
  }

  /** Runs commands that somebody else has chosen. @throws LocalCommandsOff, SourceUnknown, SourceFailed; the reason of `signal` */
  async use<T>(target: string, signal: AbortSignal, work: (runner: CommandRunner) => Promise<T>): Promise<T> {
    if (target === LOCAL && !this.isLocalOn) throw new LocalCommandsOff();
    return this.look(target, signal, work);
  }

  /** Runs only commands that a tool of ours has chosen and that change nothing: allowed on the machine of this server too. */
  async look<T>(target: string, signal: AbortSignal, work: (runner: CommandRunner) => Promise<T>): Promise<T> {
    if (target === LOCAL) return work(this.local);
    const connection = await SshConnection.open(this.outbound, this.opened(target), signal);
    try {
      return await work(new SshRunner(connection));
    } finally {
      connection.close();
    }
  }

  private opened(target: string): OpenSource {
    return this.sources.open(COMMAND_SOURCES, target);
  }
}
