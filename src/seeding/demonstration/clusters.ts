import { type RecordDraft } from "../seed.js";

const EAST = ["CB-TK", "CB-QH", "CB-HL", "CB-TA", "CB-TP"];
const WEST = ["CB-HA", "CB-HQ", "CB-NB", "CB-BLAC", "CB-BLAM"];

/** Emulation clusters of Cao Bằng province, made: its districts, from east to west. */
export function emulationClusters(): RecordDraft[] {
  return [EAST, WEST].map((members, index) => ({
    kind: "emulationCluster",
    unit: "CB",
    schoolYear: null,
    content: { name: `Minh hoạ: Cụm thi đua số ${index + 1}`, from: "2022-2023", members },
  }));
}
