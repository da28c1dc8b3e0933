import { build } from 'esbuild';

const bundle = async (entry: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
  });
  return outputFiles[0]?.text ?? '';
};

describe('The contracts in a browser', () => {
  it('can be bundled, and bring no framework along', async () => {
    const text = await bundle('libs/contracts/src/index.ts');
    expect(text).toContain('CreateLlmConfigDto');
    expect(text).not.toMatch(/@nestjs|@angular|typeorm|node:/);
  });

  it('cost next to nothing where only the closed sets are used', async () => {
    const text = await bundle('libs/contracts/src/constants.ts');
    expect(text).toContain('deepseek');
    expect(text.length).toBeLessThan(9_000);
  });
});
