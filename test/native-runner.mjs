import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import circus from "jest-circus/runner";

const require = createRequire(import.meta.url);

/**
 * Runs a file of tests as Node runs any module: modules that another file of this worker has loaded are there already. Jest would read, wrap and link
 * all of them anew for each file, to be safe from tests that change modules; ours change none.
 */
export default function runNatively(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  const { console } = environment.global;
  const native = {
    requireInternalModule: requireAnew,
    requireModule: require,
    setGlobalsForRuntime: () => Object.assign(globalThis, { console }),
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path) => import(pathToFileURL(path).href),
  };
  Error.prepareStackTrace = undefined;
  return circus(globalConfig, config, { ...environment, global: globalThis }, native, testPath, sendMessageToJest);
}

/** What jest-circus knows of the tests of a file ends with the file. */
function requireAnew(path) {
  for (const loaded of Object.keys(require.cache)) if (/[\\/]jest-circus[\\/]/.test(loaded)) delete require.cache[loaded];
  return require(path);
}
