import { BlockList, isIP } from 'node:net';

/** Networks that are not the public internet: this host, private, link-local (metadata services), shared, test, multicast, reserved. */
const FORBIDDEN_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** The same for IPv6, with every form that carries an IPv4 address inside (mapped, compatible, NAT64, 6to4, Teredo). */
const FORBIDDEN_V6 = [
  '::/96',
  '::ffff:0:0/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

// Two lists: one list would match every IPv4 address by the rule for mapped ones.
const forbidden = { 4: blockListOf(FORBIDDEN_V4, 'ipv4'), 6: blockListOf(FORBIDDEN_V6, 'ipv6') };

function blockListOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/** Whether an address lies outside the public internet; what is no address counts as forbidden. */
export function isForbiddenAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 4) return forbidden[4].check(bare, 'ipv4');
  return family !== 6 || forbidden[6].check(bare, 'ipv6');
}

/** Names that never mean a public host, whatever they resolve to: this machine (RFC 6761) and the clouds' metadata services. */
const FORBIDDEN_NAMES =
  /(^|\.)localhost$|^(localhost\.localdomain|metadata|metadata\.goog|metadata\.google\.internal|instance-data(\.ec2\.internal)?)$/;

/** Whether a host is forbidden as it is written; any other name is judged by the addresses it has. */
export function isForbiddenHost(host: string): boolean {
  if (isIP(host) !== 0) return isForbiddenAddress(host);
  return FORBIDDEN_NAMES.test(host.toLowerCase().replace(/\.+$/, ''));
}
