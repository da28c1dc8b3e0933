import { createHash } from 'node:crypto';

/** @returns a unit vector that follows from the text alone; a shorter one begins in the same direction. */
export function embeddingOf(text: string, dimensions: number): number[] {
  const random = randomFrom(text);
  const values = Array.from({ length: dimensions }, () => random() * 2 - 1);
  const length = Math.hypot(...values) || 1;
  return values.map((value) => Math.fround(value / length));
}

/** @returns the vector as little-endian 32-bit floats in base64. */
export function base64Of(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes.toString('base64');
}

/** xorshift32 seeded with the text's hash: the same numbers on every machine. */
function randomFrom(text: string): () => number {
  let state = createHash('sha256').update(text).digest().readUInt32LE(0) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}
