import { quoted, shownCommand } from './quoting.js';

describe('a command as people read it', () => {
  it.each([
    [['df', '-h'], 'df -h'],
    [['grep', 'a b', '/var/log/x'], "grep 'a b' /var/log/x"],
    [['echo', '$(id)', '`id`', '*', ''], "echo '$(id)' '`id`' '*' ''"],
    [['echo', "it's"], "echo 'it'\\''s'"],
    // What would be seen as something else, or not at all.
    [['echo', 'a\nrm -rf /'], "echo $'a\\x0arm -rf /'"],
    [['echo', '\u202Egpj.exe'], "echo $'\\U0000202egpj.exe'"],
    [['echo', '\u200B'], "echo $'\\U0000200b'"],
  ])('%j', (argv, line) => {
    expect(shownCommand(argv)).toBe(line);
  });

  it('leaves no quote open', () => {
    expect(quoted("'; id; '")).toBe("''\\''; id; '\\'''");
  });
});
