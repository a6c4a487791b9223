/** @type {import("jest").Config} */
export default {
  testEnvironment: "node",
  testRunner: "<rootDir>/test/native-runner.mjs",
  transform: {},
  globalSetup: "<rootDir>/test/run-setup.mjs",
  globalTeardown: "<rootDir>/test/run-teardown.mjs",
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testSequencer: "<rootDir>/test/run-order.mjs",
  // What is done to a MySQL or MariaDB server needs one; kill -9 of the hub has a command of its own (test:kill).
  testPathIgnorePatterns: ["/node_modules/", "/test/kill/", ...(process.env.TONGHOP_TEST_DATABASE ? [] : ["/test/server/"])],
  maxWorkers: 2,
  // Modules of a finished file stay in memory; a worker that has gathered many is slow.
  workerIdleMemoryLimit: "800MB",
  testTimeout: 600_000,
};
