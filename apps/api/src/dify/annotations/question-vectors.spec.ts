import { QuestionVectors } from './question-vectors.js';

const of = (...vectors: number[][]): QuestionVectors =>
  QuestionVectors.of(vectors.map((vector, index) => ({ id: `q${index}`, vector: Float32Array.from(vector) })));

describe('vectors of questions', () => {
  it('find the one in the nearest direction and say how near it is', () => {
    const vectors = of([1, 0, 0, 0, 0], [0, 0, 0, 0.6, 0.8], [0, 0, 0, 0, -1]);
    const closest = vectors.closestTo(Float32Array.from([0, 0, 0, 0, 1]));
    expect(closest?.id).toBe('q1');
    expect(closest?.score).toBeCloseTo(0.8);
  });

  it('find none where there are none, or where the vector is of another length', () => {
    expect(of().closestTo(Float32Array.of(1))).toBeNull();
    expect(of([1, 0]).closestTo(Float32Array.of(1))).toBeNull();
  });

  it('leave out what cannot be compared with the first one', () => {
    expect(of([1, 0], [1], [0, 1]).closestTo(Float32Array.of(0, 1))).toEqual({ id: 'q2', score: 1 });
  });
});
