/** Works on all items, at most `atOnce` at a time, and answers in their order. @throws the first failure, once nothing runs any more */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index]);
  };
  const workers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  const failed = workers.find((settled) => settled.status === 'rejected');
  if (failed) throw failed.reason;
  return results;
}
