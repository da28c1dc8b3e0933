import { BEGINNING, MessageTree, type TreeRow } from './message-tree.js';

/** `b<a` is b following a, `b` follows whatever was before, `b<` begins anew. */
function tree(text: string): MessageTree {
  const rows = text.split(' ').map((word): TreeRow => {
    const [id, parent] = word.split('<');
    return { id: id, parentId: parent === undefined ? null : parent || BEGINNING };
  });
  return new MessageTree(rows);
}

describe('MessageTree', () => {
  it('is one line while nothing was asked again', () => {
    expect(tree('a b c').lineThrough()).toEqual(['a', 'b', 'c']);
    expect(tree('a b c').versionsOf('b')).toEqual(['b']);
    expect(tree('a b c').parentOf('a')).toBeNull();
  });

  it('leaves out the turn that was asked again, and goes on from its new version', () => {
    const asked = tree('a b c<a d');
    expect(asked.lineThrough()).toEqual(['a', 'c', 'd']);
    expect(asked.versionsOf('c')).toEqual(['b', 'c']);
    expect(asked.versionsOf('b')).toEqual(['b', 'c']);
  });

  it('shows an older version with what came after it', () => {
    const asked = tree('a b c d<a e<c');
    expect(asked.lineThrough('b')).toEqual(['a', 'b', 'c', 'e']);
    expect(asked.lineThrough('d')).toEqual(['a', 'd']);
    expect(asked.lineThrough('a')).toEqual(['a', 'b', 'c', 'e']);
  });

  it('can begin anew', () => {
    const anew = tree('a b c< d');
    expect(anew.lineThrough()).toEqual(['c', 'd']);
    expect(anew.versionsOf('a')).toEqual(['a', 'c']);
    expect(anew.lineTo('b')).toEqual(['a', 'b']);
  });

  it('is empty in an empty session', () => {
    expect(new MessageTree([]).lineThrough()).toEqual([]);
  });
});
