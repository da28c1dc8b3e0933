import { describeBrokenServers } from '../../support/broken-servers.js';
import { RealMariadb } from '../../support/real-mariadb.js';

describe('a MariaDB that does not answer as it should', () => {
  let mariadb: RealMariadb;

  beforeAll(async () => {
    mariadb = await RealMariadb.start({ 'max-allowed-packet': '1G' });
    const admin = await mariadb.connect();
    await admin.query(
      "create database shop; create user 'reader'@'%' identified by 'reads'; grant select on shop.* to 'reader'@'%'",
    );
  }, 90_000);

  afterAll(() => mariadb.stop());

  describeBrokenServers(() => ({
    login: { kind: 'mysql', port: mariadb.port, database: 'shop', user: 'reader', password: 'reads' },
    longStatement: "select seq, repeat('x', 500) from seq_1_to_1000",
    sleepStatement: 'select count(*) from seq_1_to_10000000 a, seq_1_to_10000 b where a.seq * b.seq = -1',
    hugeStatement: "select repeat('z', 300000000)",
  }));
});
