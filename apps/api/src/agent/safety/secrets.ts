// The console masks what it exports by the same rules.
export { valueWithoutSecrets, withoutSecrets } from '@opsagent/contracts';
