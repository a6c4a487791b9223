const { existsSync } = process.getBuiltinModule("node:fs");
const { resolve } = process.getBuiltinModule("node:path");

/** A source imports "./day.js" and means "./day.ts". What a resolver finds Jest remembers; by its moduleNameMapper it would look it up each time. */
module.exports = function resolveSource(request, options) {
  if (/^\.{1,2}\/.*\.js$/.test(request)) {
    const source = resolve(options.basedir, `${request.slice(0, -3)}.ts`);
    if (existsSync(source)) return source;
  }
  return options.defaultResolver(request, options);
};
