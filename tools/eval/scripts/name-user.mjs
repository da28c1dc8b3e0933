// Usage: name-user.mjs PORT NAME
// An application that looks a name up at a name server every half second, and logs how that went.
import { Resolver } from 'node:dns/promises';

const [port, name] = process.argv.slice(2);
const resolver = new Resolver({ timeout: 500, tries: 1 });
resolver.setServers([`127.0.0.1:${port}`]);
const say = (level, text) => console.log(`${new Date().toISOString()} ${level} ${text}`);

async function look() {
  try {
    say('INFO', `${name} is at ${(await resolver.resolve4(name)).join(', ')}`);
  } catch (error) {
    say('ERROR', `cannot connect to the database: looking up ${name} failed with ${error.code}`);
  }
}

setInterval(look, 500);
await look();
