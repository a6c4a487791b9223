import { type Role } from "../domain/ground/caller.js";
import type { Database } from "../storage/database/database.js";
import { type Access, isLive } from "./access.js";

/** The two tokens that a demonstration hands to everybody who tries it. */
export interface ReadyTokens {
  analyst: string;
  districtApp: string;
}

/** A school that only the demonstration has: a hub with real records must never give tokens away, whatever its settings say. */
const MADE_SCHOOL = "CB-TP-TH-SONGHIEN";

/** The ready tokens of a hub that holds the demonstration; null for any other. */
export async function readyTokens(access: Access, database: Pick<Database, "read">, now: Date): Promise<ReadyTokens | null> {
  const units = await database.read(async (stores) => {
    const ids = await stores.unitReader.idsByCode(["CB", "CB-TP", MADE_SCHOOL]);
    const school = ids.get(MADE_SCHOOL);
    const made = school === undefined ? undefined : (await stores.units.histories([school])).get(school);
    return made?.unit.provenance === "DEMONSTRATION" ? ids : new Map<string, string>();
  });
  const province = units.get("CB");
  const city = units.get("CB-TP");
  if (province === undefined || city === undefined) return null;
  return {
    analyst: await readyToken(access, "Demonstration: an analyst of Cao Bằng", "ANALYST", province, now),
    districtApp: await readyToken(access, "Demonstration: the app of Cao Bằng city", "RECORDER", city, now),
  };
}

/** The live token of this name, role and unit, issued only where there is none: every start shows the same one, and rows do not pile up. */
async function readyToken(access: Access, name: string, role: Role, unitId: string, now: Date): Promise<string> {
  const rows = await access.list();
  const found = rows.find((row) => row.name === name && row.role === role && row.unitId === unitId && isLive(row, now));
  return found ? access.textOf(found) : (await access.issue({ name, role, unitId, days: null })).token;
}
