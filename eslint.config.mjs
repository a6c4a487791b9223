import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

/** The lines of a function, but for those of functions inside it: a store is a factory of small ones. */
const ownLines = {
  meta: { type: "suggestion", schema: [{ type: "integer" }] },
  create(context) {
    const inner = [];
    const enter = () => void inner.push(0);
    const leave = (node) => {
      const lines = node.loc.end.line - node.loc.start.line + 1;
      const own = lines - inner.pop();
      if (own > context.options[0])
        context.report({ node, message: `This function has ${own} lines of its own; at most ${context.options[0]}.` });
      if (inner.length > 0) inner[inner.length - 1] += lines;
    };
    const functions = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];
    return Object.fromEntries(
      functions.flatMap((name) => [
        [name, enter],
        [`${name}:exit`, leave],
      ]),
    );
  },
};

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "data/", "coverage/"] },
  ...tseslint.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/storage/migrations/**"],
    plugins: { house: { rules: { "own-lines": ownLines } } },
    rules: { "house/own-lines": ["error", 70] },
  },
  { files: ["test/**"], rules: { "@typescript-eslint/no-explicit-any": "off" } },
  // No tsconfig has them: their types are not looked at.
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  prettier,
);
