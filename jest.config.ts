/** One run over both apps, the contracts and the tools; each project keeps its own transform. */
export default {
  // Many tests begin with a whole server: on two busy cores that takes longer than the five seconds of Jest.
  testTimeout: 20_000,
  // Every suite of ES modules leaves memory behind: a worker that holds much makes room for a fresh one.
  workerIdleMemoryLimit: '1GB',
  projects: ['<rootDir>/apps/api', '<rootDir>/apps/admin', '<rootDir>/libs/contracts', '<rootDir>/tools'],
};
