import { directionOf, nextSort, readWidths, tracksOf, writeWidths } from './table-column.js';

const columns = [
  { id: 'name', label: 'a', width: 200, isGrowing: true },
  { id: 'state', label: 'b', width: 100 },
];

describe('the columns of a table', () => {
  it('share the room that is left among the growing ones', () => {
    expect(tracksOf(columns, {})).toBe('minmax(200px, 200fr) 100px');
  });

  it('keep the width they were dragged to and leave the rest empty', () => {
    expect(tracksOf(columns, { name: 320 })).toBe('320px 100px 1fr');
  });

  it('turn their order round when pressed again', () => {
    expect(nextSort('name', '-updated_at')).toBe('name');
    expect(nextSort('name', 'name')).toBe('-name');
    expect(nextSort('name', '-name')).toBe('name');
    expect(nextSort('-updated_at', 'name')).toBe('-updated_at');
    expect(nextSort('-updated_at', '-updated_at')).toBe('updated_at');
    expect(directionOf('-updated_at', 'updated_at')).toBe('ascending');
    expect(directionOf('name', '-name')).toBe('descending');
    expect(directionOf('name', 'other')).toBeNull();
  });

  it('remember their widths and forgive a broken memory', () => {
    expect(readWidths(writeWidths({ name: 320 }))).toEqual({ name: 320 });
    expect(readWidths('name:abc,,:4,state:2')).toEqual({ state: 64 });
    expect(readWidths(null)).toEqual({});
  });
});
