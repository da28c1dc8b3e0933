// Usage: npm run verify-audit -- --url http://localhost:8000 --token …
// Checks at a running server that the audit log is as it was written. Ends with 1 when it is not.
import { adminApi, endWith } from './admin-api.ts';

/** What the server answers of its check. */
interface Verification {
  readonly is_intact: boolean;
  readonly entries: number;
  readonly unchained: number;
  readonly flaw: { readonly seq: string; readonly flaw: 'edited' | 'missing' | 'head' } | null;
  readonly last_seq: string;
}

const FLAWS = {
  edited: 'is not as it was written',
  missing: 'is missing',
  head: 'is not where the log was left: its end was changed',
};

async function verify(args: string[]): Promise<number> {
  const { is_intact, entries, unchained, flaw, last_seq } = await adminApi<Verification>(args, 'verify-audit')(
    'POST',
    '/api/audit/verify',
  );
  if (unchained > 0) console.log(`${unchained} entries are older than the chain and vouched for by nothing`);
  if (flaw) console.log(`Entry ${flaw.seq} ${FLAWS[flaw.flaw]}`);
  else console.log(`${entries} entries up to ${last_seq} are as they were written`);
  return is_intact ? 0 : 1;
}

await endWith(verify(process.argv.slice(2)));
