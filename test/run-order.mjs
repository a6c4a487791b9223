import Sequencer from "@jest/test-sequencer";

/**
 * The files that take longest, first: a long one at the end would leave the other worker idle. `npm ci` leaves no times of earlier runs. The others
 * as Jest orders them. Beside the first those wait that need the demonstration until one of them has loaded it.
 */
const FIRST = [
  ...["http/process", "graphql/branch", "ledger/laws", "rollup/reconciliation", "graphql/idempotency", "http/federation", "readme"],
  ...["graphql/forged-cursors", "graphql/paging", "graphql/injection", "graphql/query-cost", "storage/migrations", "graphql/misuse"],
  ...["cli/program", "ledger/storm", "http/provider-keys", "start-faults"],
].map((file) => `test/${file}.test.ts`);

export default class RunOrder extends Sequencer {
  sort(tests) {
    const place = ({ path }) => FIRST.findIndex((file) => path.replaceAll("\\", "/").endsWith(file));
    const ordered = super.sort(tests);
    return [
      ...ordered.filter((test) => place(test) >= 0).sort((a, b) => place(a) - place(b)),
      ...ordered.filter((test) => place(test) < 0),
    ];
  }
}
