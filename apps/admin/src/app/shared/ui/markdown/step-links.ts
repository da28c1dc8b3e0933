/** How models refer to a step of their answer. */
const STEP = /\[(?:step|步骤) ?(\d{1,3})\]/gi;

/** Makes buttons of `[step 3]` in nodes that have just come into the page; what stands in code or in a link stays text. */
export function linkSteps(nodes: readonly Node[]): void {
  for (const text of nodes.flatMap(textsIn)) {
    if (text.data.search(STEP) >= 0 && !text.parentElement?.closest('code, pre, a'))
      text.replaceWith(...partsOf(text.data));
  }
}

function textsIn(node: Node): Text[] {
  if (node instanceof Text) return [node];
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found;
}

function partsOf(text: string): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let end = 0;
  for (const match of text.matchAll(STEP)) {
    parts.push(text.slice(end, match.index), buttonFor(match[0], match[1]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function buttonFor(words: string, number: string): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'step-link';
  button.dataset['stepLink'] = number;
  button.textContent = words;
  return button;
}
