/** @typedef {Record<string, { entryPoint?: string, imports: { path: string, kind: string }[] }>} Outputs as in esbuild's metafile */

/** @param {Outputs} outputs @returns the chunk that a source asked for by `import()` became */
export function chunkOf(outputs, source) {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source);
  if (!found) throw new Error(`${source} is no chunk of its own any more; correct the list in tools/first-chunks.mjs.`);
  return found[0];
}

/** @param {Outputs} outputs @returns these chunks and all that they import at once */
export function closureOf(outputs, chunks) {
  const all = new Set();
  const add = (chunk) => {
    if (all.has(chunk) || !outputs[chunk]) return;
    all.add(chunk);
    for (const { path, kind } of outputs[chunk].imports) if (kind === 'import-statement') add(path);
  };
  chunks.forEach(add);
  return all;
}
