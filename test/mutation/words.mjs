import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

const SPOKEN = new Set(["en", "vi", "description", "source"]);

/** A sentence for people is judged by people: no mutant says of a test whether a word is right. */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "words", {
    shouldIgnore(path) {
      if (path.isObjectProperty() && SPOKEN.has(path.node.key.name)) return "A sentence for people.";
      return undefined;
    },
  }),
];
