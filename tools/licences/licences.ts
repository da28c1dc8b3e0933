import { consolePackages, type Package, serverPackages } from './packages.ts';

/** Licences that the Open Source Initiative has approved, among those that our packages have. */
const APPROVED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
]);

/** Whether an SPDX expression gives us an approved licence: one of several, or all that are joined. */
export function isApproved(licence: string): boolean {
  const choices = licence.replaceAll(/[()]/g, '').split(/ OR /);
  return choices.some((choice) => choice.split(/ AND /).every((one) => APPROVED.has(one.trim())));
}

/** What `docs/licences.md` has to be. */
export function licencesPage(): string {
  return `# Licences

Written by \`npm run licences\` from package-lock.json; a test compares it. OpsAgent itself is under the [MIT licence](../LICENSE). Every licence below is approved by the Open Source Initiative.

## In the server

${table(serverPackages())}

## In the console

What its sources import and what that needs; the build takes from these only what is used, and leaves their texts in \`3rdpartylicenses.txt\`.

${table(consolePackages())}
`;
}

function table(packages: Package[]): string {
  const rows = packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return ['| package | version | licence |', '| --- | --- | --- |', ...rows].join('\n');
}
