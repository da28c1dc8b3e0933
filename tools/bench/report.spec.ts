import { tableOf, withFigures } from './report.ts';
import { Figures } from './statistics.ts';

describe('the table', () => {
  it('takes the direct figure away where a row says what is added', () => {
    const figures = figuresOf('blocking-1-p50', { direct: 0.1, 'raw proxy': 0.3, OpsAgent: 1.1 });
    expect(lastLine(figures)).toBe('| Blocking, 1 client: added latency p50, ms |  | 0.20 |  | 1.00 | ≤ 0.9 | no |');
  });

  it('lets the ratio to the proxy decide on a slower machine', () => {
    const figures = figuresOf('blocking-16-cpu', { 'raw proxy': 0.1, OpsAgent: 0.32 });
    expect(lastLine(figures)).toMatch(/\| 0\.100 \| {2}\| 0\.320 \| ≤ 0\.2 or 3\.3× proxy \| by ratio \|$/);
  });

  it('holds a rate against that of another target in the same run', () => {
    const rates = { direct: 1_000, 'raw proxy': 800, OpsAgent: 190 };
    expect(lastLine(figuresOf('blocking-16-rate', rates))).toMatch(/\| ≥ 0\.25× proxy \| no \|$/);
    expect(lastLine(figuresOf('streaming-64-rate', { ...rates, OpsAgent: 900 }))).toMatch(
      /\| ≥ 0\.9× direct \| yes \|$/,
    );
  });

  it('leaves out what was not measured', () => {
    expect(tableOf(figuresOf('rest', { OpsAgent: 120 })).split('\n')).toHaveLength(3);
  });
});

describe('the document', () => {
  it('keeps everything around its figures', () => {
    const document = 'before\n<!-- figures: begin -->\nold\n<!-- figures: end -->\nafter\n';
    const expected = 'before\n<!-- figures: begin -->\n\nnew\n\n<!-- figures: end -->\nafter\n';
    expect(withFigures(document, 'new')).toBe(expected);
    expect(() => withFigures(document, 'new', 'dify')).toThrow('has no lines');
  });

  it('is refused without a place for the figures', () => {
    expect(() => withFigures('no markers', 'new')).toThrow('has no lines');
  });
});

function figuresOf(row: string, values: Record<string, number>): Figures {
  const figures = new Figures();
  for (const [target, value] of Object.entries(values)) figures.add(row, target, value);
  return figures;
}

function lastLine(figures: Figures): string | undefined {
  return tableOf(figures).split('\n').at(-1);
}
