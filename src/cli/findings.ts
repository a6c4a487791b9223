import { Command, Option } from "commander";
import { checkByKey } from "../domain/findings/catalogue.js";
import { type Finding, type FindingKey, findingKey, SEVERITIES, type Severity } from "../domain/findings/finding.js";
import { dayInVietnam } from "../domain/ground/day.js";
import type { Hub } from "../hub.js";
import { Failure, type Terminal, table } from "./terminal.js";
import { withHub } from "./with-hub.js";
import type { FindingQuery } from "../domain/findings/finding-list.js";

const PAGE = 1_000;

interface Options {
  unit?: string;
  schoolYear?: string;
  severity?: Severity;
  acknowledged?: boolean;
  json?: boolean;
}

/** `findings`: what looks wrong in the records. */
export function findingsCommand(terminal: Terminal): Command {
  return new Command("findings")
    .description("list what looks wrong in the records, the gravest first; acknowledged findings are left out unless asked for")
    .option("--unit <code>", "only the unit with this code and all below it")
    .option("--school-year <label>", 'only this school year, e.g. "2024-2025"')
    .addOption(new Option("--severity <severity>", "only findings of this severity").choices(Object.keys(SEVERITIES)))
    .option("--acknowledged", "also those that somebody has acknowledged")
    .option("--json", "one JSON object a line, for machines")
    .action((options: Options) =>
      withHub(terminal, async (hub) => {
        const found = await allOf(hub, await queryOf(hub, options));
        const codes = await codesOf(hub, found);
        const rows = found.map((finding) => rowOf(finding, codes.get(finding.unitId) ?? finding.unitId));
        if (options.json) return rows.forEach((row) => terminal.out(`${JSON.stringify(row)}\n`));
        if (rows.length === 0) return terminal.out("Nothing looks wrong.\n");
        const cells = rows.map(({ severity, unit, schoolYear, since, check, state, message }) => [
          ...[severity, unit, schoolYear, since, check, state],
          message.en,
        ]);
        terminal.out(table([["SEVERITY", "UNIT", "SCHOOL YEAR", "SINCE", "CHECK", "STATE", "MESSAGE"], ...cells]));
      }),
    );
}

async function queryOf(hub: Hub, { unit, schoolYear, severity, acknowledged }: Options): Promise<FindingQuery> {
  return hub.database.read(async (stores) => {
    const labels = (await stores.schoolYears.all()).map(({ label }) => label);
    if (schoolYear !== undefined && !labels.includes(schoolYear))
      throw new Failure(`School year "${schoolYear}" has not been opened. Opened are ${labels.join(", ") || "none"}.`);
    const id = unit === undefined ? undefined : (await stores.unitReader.idsByCode([unit])).get(unit);
    const level = id === undefined ? undefined : (await stores.unitReader.levels([id])).get(id);
    if (unit !== undefined && !level) throw new Failure(`There is no unit with the code "${unit}".`);
    return {
      unit: id !== undefined && level ? { id, level } : null,
      schoolYear: schoolYear ?? null,
      checks: null,
      severities: severity ? [severity] : null,
      open: acknowledged ? null : true,
      branch: null,
      today: dayInVietnam(hub.clock()),
    };
  });
}

async function allOf(hub: Hub, query: FindingQuery): Promise<Finding[]> {
  const found: Finding[] = [];
  for (let after: FindingKey | null = null; ;) {
    const place: FindingKey | null = after;
    const page = await hub.database.read((stores) =>
      stores.findings.page(query, { after: place, before: null, backwards: false, limit: PAGE }),
    );
    found.push(...page);
    const last = page.at(-1);
    if (page.length < PAGE || !last) return found;
    after = findingKey(last);
  }
}

async function codesOf(hub: Hub, found: readonly Finding[]): Promise<Map<string, string>> {
  const units = await hub.database.read((stores) => stores.units.histories([...new Set(found.map(({ unitId }) => unitId))]));
  return new Map([...units].map(([id, { unit }]) => [id, unit.code]));
}

function rowOf({ schoolYear, check, field, recordId, severity, since, values, fingerprint, open }: Finding, unit: string) {
  const message = checkByKey(check)?.message(values as never) ?? { en: check, vi: check };
  const state = open ? "OPEN" : "ACKNOWLEDGED";
  return { severity, unit, schoolYear, since, check, state, field, record: recordId, fingerprint, message };
}
