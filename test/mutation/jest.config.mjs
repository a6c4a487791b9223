/** Each mutant must be seen by a module that is loaded anew, so Jest loads the modules here, and the tests of the domain alone: they need no database. */
export default {
  rootDir: "../..",
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: { "^.+\\.ts$": "<rootDir>/test/mutation/typescript.mjs" },
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": "$1" },
  testMatch: ["<rootDir>/test/domain/**/*.test.ts"],
  // Compiles files of its own.
  testPathIgnorePatterns: ["/node_modules/", "misspelt"],
};
