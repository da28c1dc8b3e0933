import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { chunkOf, closureOf } from './chunk-graph.mjs';

/**
 * The bundler cuts a chunk for every set of pages that shares code, so that a first page needs dozens of small files, and a slow
 * line pays its latency for each. Chunks that the same first pages need become one file here; nobody loads more than before.
 * @param folder the built files; they are replaced
 * @param outputs of the bundler's metafile
 * @param parts the sources that begin each first page; what `main` needs is in the first file and in no other
 * @returns the outputs as they are now
 */
export async function mergeChunks(folder, outputs, main, parts) {
  const input = chunkOf(outputs, main);
  const first = closureOf(outputs, [input]);
  const closures = parts.map((sources) =>
    closureOf(
      outputs,
      sources.map((source) => chunkOf(outputs, source)),
    ),
  );
  const groupOf = (id) => {
    const chunk = basename(id);
    if (chunk === input) return null;
    if (first.has(chunk)) return 'first';
    const needing = closures.flatMap((closure, index) => (closure.has(chunk) ? [index] : []));
    return needing.length > 0 ? `for-${needing.join('-')}` : null;
  };
  // What the bundler left is all in use, in the order it wants.
  const bundle = await rolldown({
    input: join(folder, input),
    treeshake: false,
    preserveEntrySignatures: 'allow-extension',
  });
  const { output } = await bundle.generate({
    minify: { mangle: false, compress: false },
    entryFileNames: 'main-[hash].js',
    chunkFileNames: 'chunk-[hash].js',
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ debugName: 'first pages', name: groupOf }] },
  });
  await bundle.close();
  const merged = Object.keys(outputs).filter((chunk) => chunk.endsWith('.js'));
  for (const chunk of merged) rmSync(join(folder, chunk));
  for (const chunk of output) writeFileSync(join(folder, chunk.fileName), chunk.code);
  return Object.fromEntries(output.map((chunk) => [chunk.fileName, describe(chunk, outputs)]));
}

function describe(chunk, outputs) {
  return {
    entryPoint: chunk.facadeModuleId ? outputs[basename(chunk.facadeModuleId)]?.entryPoint : undefined,
    imports: chunk.imports.map((path) => ({ path, kind: 'import-statement' })),
  };
}
