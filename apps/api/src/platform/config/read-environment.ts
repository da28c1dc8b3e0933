import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { Environment } from './environment.js';
import { isLoopback } from './environment-rules.js';
import { wrongOidcSettings } from './oidc-settings.js';
import { StartError } from './start-error.js';

/**
 * Reads and checks the server's settings; a variable set to nothing counts as unset.
 * @throws StartError naming every wrong variable at once, never with its value.
 */
export function readEnvironment(source: NodeJS.ProcessEnv): Environment {
  const environment = plainToInstance(Environment, withoutEmpty(source), {
    exposeDefaultValues: true,
    excludeExtraneousValues: true,
  });
  const wrong = [...ownRules(environment), ...sharedRules(environment), ...wrongOidcSettings(environment)];
  if (wrong.length > 0) throw new StartError(`The environment is not usable: ${wrong.join('; ')}.`);
  return environment;
}

function withoutEmpty(source: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(source).map(([name, value]) => [name, value ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value.trim() !== ''));
}

/** One sentence a variable, however many of its rules it breaks. */
function ownRules(environment: Environment): string[] {
  return validateSync(environment).map((error) => {
    const [sentence] = Object.values(error.constraints ?? {});
    return sentence ?? `${error.property} must be a comma-separated list of host:port`;
  });
}

/** Rules about two variables at once. */
function sharedRules(environment: Environment): string[] {
  const wrong: string[] = [];
  if (environment.OPSAGENT_AUTH === 'off' && !isLoopback(environment.HOST)) {
    wrong.push('OPSAGENT_AUTH may be off only while HOST is a loopback address');
  }
  if ((environment.OPSAGENT_ADMIN_EMAIL === undefined) !== (environment.OPSAGENT_ADMIN_PASSWORD === undefined)) {
    wrong.push('OPSAGENT_ADMIN_EMAIL and OPSAGENT_ADMIN_PASSWORD must be set together');
  }
  return wrong;
}
