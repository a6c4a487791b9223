/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  transform: { "^.+\\.ts$": ["ts-jest", { useESM: true, diagnostics: false, tsconfig: { isolatedModules: true } }] },
  globalSetup: "<rootDir>/test/run-setup.mjs",
  globalTeardown: "<rootDir>/test/run-teardown.mjs",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  maxWorkers: 2,
  // Modules of a finished file stay in memory; a worker that has gathered many is slow.
  workerIdleMemoryLimit: "800MB",
  testTimeout: 600_000,
};
