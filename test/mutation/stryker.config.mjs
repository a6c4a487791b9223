/** npm run test:mutation -- --mutate "src/domain/figures/**" for a part of it. */
export default {
  mutate: ["src/domain/{figures,records,findings}/**/*.ts"],
  plugins: ["@stryker-mutator/jest-runner", "./test/mutation/words.mjs"],
  ignorers: ["words"],
  testRunner: "jest",
  testRunnerNodeArgs: ["--experimental-vm-modules"],
  jest: { configFile: "test/mutation/jest.config.mjs" },
  coverageAnalysis: "perTest",
  concurrency: 2,
  incremental: true,
  incrementalFile: "data/mutation/incremental.json",
  tempDirName: "data/mutation/work",
  reporters: ["clear-text", "html", "json"],
  htmlReporter: { fileName: "data/mutation/report.html" },
  jsonReporter: { fileName: "data/mutation/report.json" },
  clearTextReporter: { reportTests: false, skipFull: true },
  thresholds: { high: 95, low: 85, break: 85 },
};
