import presets from 'jest-preset-angular/presets/index.js';

/** The console's unit and component tests, in a simulated browser. */
export default {
  ...presets.createEsmPreset({ tsconfig: '<rootDir>/tsconfig.json' }),
  displayName: 'admin',
  roots: ['<rootDir>/src'],
  testMatch: ['**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/jest.setup.ts'],
  moduleNameMapper: {
    '^@opsagent/contracts$': '<rootDir>/../../libs/contracts/src/index.ts',
    '^@opsagent/contracts/constants$': '<rootDir>/../../libs/contracts/src/constants.ts',
    '^@opsagent/contracts/secrets$': '<rootDir>/../../libs/contracts/src/text/secrets.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
