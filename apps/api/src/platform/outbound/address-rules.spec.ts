import { isForbiddenAddress } from './address-rules.js';
import { AllowedPlaces } from './allowed-places.js';

describe('addresses that may be reached', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '192.167.1.1', '2606:4700::1111', '2400:3200::1'])(
    '%s',
    (address) => {
      expect(isForbiddenAddress(address)).toBe(false);
    },
  );
});

describe('addresses that may not be reached', () => {
  it.each([
    ...[
      '0.0.0.0',
      '10.0.0.1',
      '100.100.100.200',
      '127.0.0.1',
      '127.8.8.8',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...['192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::7f00:1', '64:ff9b::a00:1', '2002:a00:1::', '2001:0:1::'],
    ...['fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0', 'ff02::1', 'not an address', ''],
  ])('%s', (address) => {
    expect(isForbiddenAddress(address)).toBe(true);
  });
});

it('allows a host and port however the host is written, and no other port', () => {
  const places = new AllowedPlaces();
  places.add('GPU.internal', 8001);
  places.add('0:0:0:0:0:0:0:1', 8001);
  expect([places.has('gpu.internal', 8001), places.has('::1', 8001)]).toEqual([true, true]);
  expect([places.has('gpu.internal', 8002), places.has('10.0.0.1', 8001)]).toEqual([false, false]);
});
