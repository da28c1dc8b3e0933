import { describeBrokenServers } from '../support/broken-servers.js';
import { RealPostgres } from '../support/real-postgres.js';

describe('a PostgreSQL that does not answer as it should', () => {
  let postgres: RealPostgres;

  beforeAll(async () => {
    postgres = await RealPostgres.start();
    const admin = await postgres.connect('postgres');
    await admin.query("create role reader login password 'reads'");
  }, 60_000);

  afterAll(() => postgres.stop());

  describeBrokenServers(() => ({
    login: { kind: 'postgresql', port: postgres.port, database: 'postgres', user: 'reader', password: 'reads' },
    longStatement: "select n, repeat('x', 500) from generate_series(1, 1000) as n",
    sleepStatement: "select set_config('statement_timeout', '0', true), pg_sleep(60)",
    hugeStatement: "select repeat('z', 300000000)",
  }));
});
