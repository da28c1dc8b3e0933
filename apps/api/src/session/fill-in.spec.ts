import { fillIn } from './fill-in.js';

describe('filling in a text', () => {
  it('puts values in the place of their variables, and leaves what has none', () => {
    expect(fillIn('{{host}} has {{ disks }} disks, {{other}} none', { host: 'db1', disks: 2 })).toBe(
      'db1 has 2 disks, {{other}} none',
    );
    expect(fillIn('{{toString}} {{a-b}} {{}}', {})).toBe('{{toString}} {{a-b}} {{}}');
  });

  it('takes a value as it is, whatever stands in it', () => {
    expect(fillIn('{{a}} {{b}}', { a: '{{b}} $&', b: 'x' })).toBe('{{b}} $& x');
  });
});
