// Which real servers from Debian's packages the tests in `test/real/` can be run against on this machine.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The programs that the tests of each folder start, and the packages that bring them. */
const REAL_SERVERS = {
  openssh: { programs: ['sshd', 'nginx'], packages: 'openssh-server nginx' },
  prometheus: { programs: ['prometheus', 'prometheus-alertmanager'], packages: 'prometheus prometheus-alertmanager' },
  journal: { programs: ['journalctl', 'systemd-journal-remote'], packages: 'systemd-journal-remote' },
  incidents: { programs: ['nginx'], packages: 'nginx' },
  mariadb: { programs: ['mariadbd', 'mariadb-install-db'], packages: 'mariadb-server-core mariadb-client-core' },
};

const FOLDERS = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/lib/systemd'];

/** Where a program is; undefined where it is not installed. */
export function programAt(name) {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The folders whose servers are not installed, with the packages that bring them; none where they must be there. */
export function missingServers() {
  if (process.env.OPSAGENT_REQUIRE_SERVERS) return [];
  return Object.entries(REAL_SERVERS)
    .filter(([, { programs }]) => !programs.every(programAt))
    .map(([folder, { packages }]) => ({ folder, packages }));
}
