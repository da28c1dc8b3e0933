/** Hosts that lead to this machine, its network or a metadata service; each is tried on an open and on a closed port. */
export const REFUSED_HOSTS = [
  // this machine, in every spelling a URL may have
  ...['127.0.0.1', '127.1', '127.0.1', '127.8.8.8', '0x7f.1', '0x7f000001', '0177.0.0.1', '017700000001', '2130706433'],
  ...['127.0.0.1.', '0x7F.0x0.0x0.0x1', '00000177.1', '0', '0.0.0.0', '0x0', '%31%32%37.0.0.1', '127%2e0%2e0%2e1'],
  ...['１２７.０.０.１', '127。0。0。1', '①②⑦.0.0.1', '127．0．0．1', '127｡1', '12\u00AD7.0.0.1', '127.0.0.0x1'],
  ...['localhost', 'LOCALHOST', 'localhost.', 'foo.localhost', 'ｌocalhost', 'local%68ost', 'localhost.localdomain'],
  ...[
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[::ffff:0:7f00:1]',
  ],
  // inside of the other ways to carry an IPv4 address
  ...['[64:ff9b::127.0.0.1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001:0:7f00:1::]', '[::ffff:8.8.8.8]'],
  // networks that are private, shared, reserved or for many
  ...['10.0.0.1', '10.255.255.255', '0xa000001', '172.16.0.1', '172.31.255.255', '192.168.1.1', '3232235777'],
  ...['100.64.0.1', '198.18.0.1', '192.0.2.1', '203.0.113.9', '192.0.0.1', '224.0.0.1', '239.1.1.1', '255.255.255.255'],
  ...['240.0.0.1', '[fc00::1]', '[fd12:3456::1]', '[fe80::1]', '[fec0::1]', '[ff02::1]', '[100::1]', '[2001:db8::1]'],
  // metadata services
  ...['169.254.169.254', '0xA9FEA9FE', '2852039166', '0251.0376.0251.0376', '[::ffff:169.254.169.254]'],
  ...['[::ffff:a9fe:a9fe]', '[fd00:ec2::254]', '169.254.170.2', '100.100.100.200', '[64:ff9b::a9fe:a9fe]'],
  ...['metadata.google.internal', 'METADATA.google.internal.', 'metadata', 'instance-data', 'metadata.goog'],
] as const;
