import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isApproved, licencesPage } from './licences.ts';
import { consolePackages, serverPackages } from './packages.ts';

const TWO_YEARS_MS = 2 * 365 * 86_400_000;
const read = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');
const securityPath = JSON.parse(read('security-path.json')) as {
  checked: string;
  newestRelease: Record<string, string>;
};
const all = [...serverPackages(), ...consolePackages()];

describe('the packages we hand out', () => {
  it('are many, and every one is under a licence that the Open Source Initiative has approved', () => {
    expect(serverPackages().length).toBeGreaterThan(100);
    expect(consolePackages().map(({ name }) => name)).toEqual(expect.arrayContaining(['@angular/core', 'dompurify']));
    expect(all.filter(({ licence }) => !isApproved(licence))).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MPL-2.0 OR Apache-2.0)', true],
    ['(GPL-3.0-only OR MIT)', true],
    ['MIT AND GPL-3.0-only', false],
    ['SSPL-1.0', false],
    ['SEE LICENSE IN LICENSE.md', false],
    ['', false],
  ])('may be under %s: %s', (licence, expected) => {
    expect(isApproved(licence)).toBe(expected);
  });

  it('are listed with their licences in the documents', () => {
    // Prettier lays the tables out anew.
    const plain = (text: string): string => text.replaceAll(/\|[\s|:-]*\n/g, '|\n').replaceAll(/ +/g, ' ');
    expect(plain(read('../../docs/licences.md'))).toBe(plain(licencesPage()));
  });

  it('are looked after where security depends on them', () => {
    const checked = Date.parse(securityPath.checked);
    const dates = Object.entries(securityPath.newestRelease);
    const old = dates.filter(([, date]) => !(checked - Date.parse(date) < TWO_YEARS_MS));
    expect(old).toEqual([]);
    // What is not part of us any more is not vouched for.
    expect(dates.map(([name]) => name).filter((name) => !all.some((one) => one.name === name))).toEqual([]);
  });
});
