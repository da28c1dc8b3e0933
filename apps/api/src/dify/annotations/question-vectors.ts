/** The questions of an app as vectors of length one, in one block of memory. */
export class QuestionVectors {
  private constructor(
    private readonly ids: readonly string[],
    private readonly block: Float32Array,
    private readonly width: number,
  ) {}

  /** Vectors of another length than the first one's cannot be compared with them and are left out. */
  static of(questions: readonly { id: string; vector: Float32Array }[]): QuestionVectors {
    const width = questions[0]?.vector.length ?? 0;
    const comparable = questions.filter(({ vector }) => vector.length === width);
    const block = new Float32Array(comparable.length * width);
    comparable.forEach(({ vector }, index) => block.set(vector, index * width));
    return new QuestionVectors(
      comparable.map(({ id }) => id),
      block,
      width,
    );
  }

  get isEmpty(): boolean {
    return this.ids.length === 0;
  }

  /** The one closest to a vector of length one, and how close it is: their cosine. Null where none can be compared. */
  closestTo(vector: Float32Array): { id: string; score: number } | null {
    if (vector.length !== this.width) return null;
    let best = -1;
    let bestScore = -Infinity;
    for (let index = 0; index < this.ids.length; index++) {
      const score = this.product(index * this.width, vector);
      if (score > bestScore) [best, bestScore] = [index, score];
    }
    const id = this.ids[best];
    return id === undefined ? null : { id, score: bestScore };
  }

  /** Four sums at a time, which the processor works on side by side. */
  private product(start: number, vector: Float32Array): number {
    const { block, width } = this;
    let [a, b, c, d] = [0, 0, 0, 0];
    let at = 0;
    for (; at + 3 < width; at += 4) {
      a += (block[start + at] ?? 0) * (vector[at] ?? 0);
      b += (block[start + at + 1] ?? 0) * (vector[at + 1] ?? 0);
      c += (block[start + at + 2] ?? 0) * (vector[at + 2] ?? 0);
      d += (block[start + at + 3] ?? 0) * (vector[at + 3] ?? 0);
    }
    for (; at < width; at++) a += (block[start + at] ?? 0) * (vector[at] ?? 0);
    return a + b + c + d;
  }
}
