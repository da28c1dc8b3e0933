/** One run over both apps, the contracts and the tools; each project keeps its own transform. */
export default {
  projects: ['<rootDir>/apps/api', '<rootDir>/apps/admin', '<rootDir>/libs/contracts', '<rootDir>/tools'],
};
