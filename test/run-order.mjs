import sequencer from "@jest/test-sequencer";

/** The files that take longest first, beside those that wait until the demonstration has been loaded; the others as Jest orders them. */
const FIRST = ["test/ledger/laws.test.ts", "test/graphql/branch.test.ts"];

export default class RunOrder extends sequencer.default {
  sort(tests) {
    const place = ({ path }) => FIRST.findIndex((file) => path.replaceAll("\\", "/").endsWith(file));
    const ordered = super.sort(tests);
    return [
      ...ordered.filter((test) => place(test) >= 0).sort((a, b) => place(a) - place(b)),
      ...ordered.filter((test) => place(test) < 0),
    ];
  }
}
