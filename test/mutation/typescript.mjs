import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";

const tsconfigRaw = readFileSync(new URL("../../tsconfig.json", import.meta.url), "utf8");

export default {
  process: (source, file) => ({
    code: transformSync(source, { loader: "ts", format: "esm", sourcefile: file, sourcemap: "inline", tsconfigRaw }).code,
  }),
};
