import { linkSteps } from './step-links.js';

function linked(html: string): HTMLElement {
  const host = document.createElement('div');
  host.innerHTML = html;
  linkSteps([...host.childNodes]);
  return host;
}

describe('a reference to a step', () => {
  it('becomes a button, and the text around it stays', () => {
    const host = linked('<p>Full, see [step 3] and <em>[步骤12]</em>.</p>');
    expect(host.textContent).toBe('Full, see [step 3] and [步骤12].');
    expect([...host.querySelectorAll('button')].map((one) => one.dataset['stepLink'])).toEqual(['3', '12']);
  });

  it('stays text inside code and links', () => {
    expect(linked('<p><code>[step 1]</code> <a href="#">[step 2]</a> [step x]</p>').querySelector('button')).toBeNull();
  });
});
