const { existsSync, readdirSync } = process.getBuiltinModule("node:fs");
const { join, resolve } = process.getBuiltinModule("node:path");

/** By package, what stands in its place (packages.mjs); Jest resolves files of its own before there is any. */
let standIns = new Map();
function findStandIns() {
  const folder = process.env.TONGHOP_TEST_PACKAGES;
  if (standIns.size > 0 || !folder) return;
  const names = readdirSync(folder).flatMap((file) => (file.endsWith(".mjs") ? [file.slice(0, -".mjs".length)] : []));
  standIns = new Map(names.map((name) => [name.replaceAll("__", "/"), join(folder, name)]));
}

/** A source imports "./day.js" and means "./day.ts". What a resolver finds Jest remembers; by its moduleNameMapper it would look it up each time. */
module.exports = function resolveSource(request, options) {
  findStandIns();
  const standIn = standIns.get(request);
  if (standIn) return standIn + (options.conditions?.includes("import") ? ".mjs" : ".cjs");
  if (/^\.{1,2}\/.*\.js$/.test(request)) {
    const source = resolve(options.basedir, `${request.slice(0, -3)}.ts`);
    if (existsSync(source)) return source;
  }
  return options.defaultResolver(request, options);
};
