/** What every Jest project that runs in Node shares: ES modules, compiled by SWC with the decorators' metadata. */
export function nodeProject(displayName: string, folder: string, more: Record<string, unknown> = {}) {
  return {
    displayName,
    rootDir: import.meta.dirname,
    roots: [`<rootDir>/${folder}`],
    testMatch: ['**/*.spec.ts'],
    testEnvironment: 'node',
    extensionsToTreatAsEsm: ['.ts'],
    setupFiles: ['reflect-metadata'],
    moduleNameMapper: {
      '^@opsagent/contracts$': '<rootDir>/libs/contracts/src/index.ts',
      '^@opsagent/contracts/constants$': '<rootDir>/libs/contracts/src/constants.ts',
      '^(\\.{1,2}/.*)\\.js$': '$1',
    },
    transform: {
      '^.+\\.ts$': [
        '@swc/jest',
        {
          swcrc: false,
          sourceMaps: 'inline',
          jsc: {
            target: 'es2023',
            keepClassNames: true,
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          },
          module: { type: 'es6' },
        },
      ],
    },
    ...more,
  };
}
