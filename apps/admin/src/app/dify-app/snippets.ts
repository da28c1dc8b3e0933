/** A way to talk to an app. */
export const SNIPPET = ['curl', 'javascript', 'python', 'dify-client'] as const;
export type SnippetKind = (typeof SNIPPET)[number];

const KEY = 'OPSAGENT_API_KEY';
const QUESTION = 'What can you do?';

/**
 * A program that asks the app at this address one question and prints the answer, at once or as it comes. The key is read from
 * `OPSAGENT_API_KEY`, so that what is copied holds no secret.
 */
export function snippetOf(kind: SnippetKind, address: string, isStreaming: boolean): string {
  const mode = isStreaming ? 'streaming' : 'blocking';
  switch (kind) {
    case 'curl':
      return curl(address, mode);
    case 'javascript':
      return isStreaming ? javascriptStreaming(address) : javascriptBlocking(address);
    case 'python':
      return isStreaming ? pythonStreaming(address) : pythonBlocking(address);
    case 'dify-client':
      return isStreaming ? difyClientStreaming(address) : difyClientBlocking(address);
  }
}

function curl(address: string, mode: string): string {
  const body = JSON.stringify({ query: QUESTION, inputs: {}, response_mode: mode, user: 'me' });
  return `curl ${mode === 'streaming' ? '--no-buffer ' : ''}${address}/chat-messages \\
  --header "Authorization: Bearer $${KEY}" \\
  --header 'Content-Type: application/json' \\
  --data '${body}'
`;
}

function javascriptCall(address: string, mode: string): string {
  return `const response = await fetch('${address}/chat-messages', {
  method: 'POST',
  headers: {
    authorization: \`Bearer \${process.env.${KEY}}\`,
    'content-type': 'application/json',
  },
  body: JSON.stringify({ query: '${QUESTION}', inputs: {}, response_mode: '${mode}', user: 'me' }),
});
if (!response.ok) throw new Error(await response.text());
`;
}

function javascriptBlocking(address: string): string {
  return `${javascriptCall(address, 'blocking')}console.log((await response.json()).answer);
`;
}

function javascriptStreaming(address: string): string {
  return `${javascriptCall(address, 'streaming')}
let rest = '';
for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
  const blocks = (rest + text).split('\\n\\n');
  rest = blocks.pop();
  for (const block of blocks) {
    if (!block.startsWith('data: ')) continue;
    const event = JSON.parse(block.slice(6));
    if (event.event === 'error') throw new Error(event.message);
    if (event.event === 'message' || event.event === 'agent_message') process.stdout.write(event.answer);
  }
}
`;
}

function pythonCall(address: string, mode: string): string {
  return `import json, os, urllib.request

request = urllib.request.Request(
    "${address}/chat-messages",
    data=json.dumps(
        {"query": "${QUESTION}", "inputs": {}, "response_mode": "${mode}", "user": "me"}
    ).encode(),
    headers={
        "Authorization": f"Bearer {os.environ['${KEY}']}",
        "Content-Type": "application/json",
    },
)
with urllib.request.urlopen(request) as response:
`;
}

function pythonBlocking(address: string): string {
  return `${pythonCall(address, 'blocking')}    print(json.load(response)["answer"])
`;
}

function pythonStreaming(address: string): string {
  return `${pythonCall(address, 'streaming')}    for line in response:
        if not line.startswith(b"data: "):
            continue
        event = json.loads(line[6:])
        if event["event"] == "error":
            raise SystemExit(event["message"])
        if event["event"] in ("message", "agent_message"):
            print(event["answer"], end="", flush=True)
`;
}

function difyClient(address: string): string {
  return `import { ChatClient } from 'dify-client';

const client = new ChatClient(process.env.${KEY}, '${address}');
`;
}

function difyClientBlocking(address: string): string {
  return `${difyClient(address)}const { data } = await client.createChatMessage({}, '${QUESTION}', 'me');
console.log(data.answer);
`;
}

function difyClientStreaming(address: string): string {
  return `${difyClient(address)}const { data } = await client.createChatMessage({}, '${QUESTION}', 'me', true);
let rest = '';
for await (const chunk of data.setEncoding('utf8')) {
  const blocks = (rest + chunk).split('\\n\\n');
  rest = blocks.pop();
  for (const block of blocks) {
    if (!block.startsWith('data: ')) continue;
    const event = JSON.parse(block.slice(6));
    if (event.event === 'error') throw new Error(event.message);
    if (event.event === 'message' || event.event === 'agent_message') process.stdout.write(event.answer);
  }
}
`;
}
