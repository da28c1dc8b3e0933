/** One run over both apps, the contracts and the tools; each project keeps its own transform. */
export default {
  // Many tests begin with a whole server: on two busy cores that takes longer than the five seconds of Jest.
  testTimeout: 20_000,
  projects: ['<rootDir>/apps/api', '<rootDir>/apps/admin', '<rootDir>/libs/contracts', '<rootDir>/tools'],
};
