import { indicators } from "../../src/domain/figures/catalogue.js";
import { audit } from "../../src/ledger/audit.js";
import { type Database } from "../../src/storage/database/database.js";
import { type Node } from "./galera.js";
import { type Hub } from "./hub.js";
import { type Load, type PhaseOfLoad } from "./load.js";
import { type Acknowledged, MOVED_ON, SCHOOL_YEAR, SHARED } from "./writers.js";

/** A phase with what stands on the nodes after it. */
export interface Judged extends PhaseOfLoad {
  name: string;
  lost: number;
  checked: string;
  differences: number;
  violations: string[];
}

const ROLLUP = `{ unit(code: "P") { rollup(schoolYear: "${SCHOOL_YEAR}") { ...All } children(first: 50) { nodes { code rollup(schoolYear: "${SCHOOL_YEAR}") { ...All } } } } }
  fragment All on Rollup { ${indicators.map(({ key }) => `${key} { value numerator denominator }`).join(" ")} }`;

/** Whether all that was acknowledged is on every node, the ledger is right and all hubs say the same. The writers must rest. */
export async function judge(
  name: string,
  phase: PhaseOfLoad,
  load: Load,
  nodes: readonly Node[],
  hubs: readonly Hub[],
  database: string,
  withDatabase: <T>(node: Node, work: (database: Database) => Promise<T>) => Promise<T>,
): Promise<Judged> {
  const violations = [...phase.observed.violations];
  const answers = await Promise.all(hubs.map(async (hub) => JSON.stringify((await hub.ask(ROLLUP)).data)));
  if (new Set(answers).size !== 1 || !answers[0]?.includes("denominator"))
    violations.push(`the hubs answer different figures: ${answers.map((answer) => answer?.slice(0, 300)).join(" / ")}`);
  let lost = 0;
  let differences = 0;
  let checked = "";
  for (const node of nodes) {
    const missing = [...(await missingOn(node, database, load.acknowledged)), ...(await unmovedOn(node, database, load.placed))];
    lost = Math.max(lost, missing.length);
    if (missing.length > 0)
      violations.push(`${missing.length} acknowledged changes are not on ${node.name}: ${JSON.stringify(missing[0])}`);
    const audited = await withDatabase(node, (opened) => audit(opened));
    differences = Math.max(differences, audited.differences.length);
    checked = `${audited.checked.cells} cells`;
    if (audited.differences.length > 0)
      violations.push(
        `the ledger on ${node.name} is wrong in ${audited.differences.length} places: ${JSON.stringify(audited.differences[0])}`,
      );
  }
  violations.push(...(await incrementViolations(nodes[0]!, database, load)));
  return { ...phase, name, lost, differences, checked, violations };
}

async function missingOn(node: Node, database: string, acknowledged: readonly Acknowledged[]): Promise<Acknowledged[]> {
  const rows = await node.rows("SELECT record_id, version, content FROM record_version", database);
  const stored = new Map(
    rows.map((row) => [`${row["record_id"]} ${row["version"]}`, JSON.parse(row["content"]) as Record<string, unknown>]),
  );
  return acknowledged.filter(({ recordId, version, field, value }) => stored.get(`${recordId} ${version}`)?.[field] !== value);
}

/** The unions that do not stand where they were moved last. */
async function unmovedOn(node: Node, database: string, placed: ReadonlyMap<string, string>): Promise<string[]> {
  const rows = await node.rows(
    `SELECT unit.code, parent.code AS parent FROM placement JOIN unit ON unit.id = placement.unit_id
     JOIN unit parent ON parent.id = placement.parent_id WHERE placement.from_day <= '${MOVED_ON}' AND placement.until_day > '${MOVED_ON}'`,
    database,
  );
  const stands = new Map(rows.map((row) => [row["code"] as string, row["parent"] as string]));
  return [...placed].filter(([union, district]) => stands.get(union) !== district).map(([union, district]) => `${union} to ${district}`);
}

/** Each acknowledged increment counts once, however often it was sent: its key tells the hub that it is the same. */
async function incrementViolations(node: Node, database: string, { increments }: Load): Promise<string[]> {
  const codes = SHARED.map((code) => `'${code}'`).join(", ");
  const rows = await node.rows(
    `SELECT record.content FROM record JOIN unit ON unit.id = record.unit_id WHERE record.kind = 'conference' AND unit.code IN (${codes})`,
    database,
  );
  const total = rows.reduce((sum, row) => sum + (JSON.parse(row["content"]) as { workers: number }).workers, 0);
  return total === increments ? [] : [`${increments} increments were acknowledged, but the sum is ${total}`];
}
